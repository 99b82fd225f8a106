import ClusterAPI
import PromQL
import Testing
import World

/// Rules that are written for kube-state-metrics find what they look for: labels join, values compare.
@Suite struct KubeStateQueryTests {
  /// A ReplicaSet's pod that crashes again and again, its Deployment and its node, as scraped every
  /// 30 s for 10 minutes; the pod waits from the fifth minute on.
  static let store: SeriesStore = {
    var store = SeriesStore()
    let epoch = KubeStateSamples.epoch
    for scrape in 0...20 {
      var pod = KubeStateSamples.pod
      if scrape >= 10 { pod.containers[1].state = .waiting(reason: "CrashLoopBackOff") }
      pod.containers[1].restarts = scrape / 5
      var all = KubeState.expose(pod)
      all.append(KubeState.expose(KubeStateSamples.node))
      all.append(KubeState.expose(.replicaSet(KubeStateSamples.replicaSet), epoch: epoch))
      all.append(KubeState.expose(.deployment(KubeStateSamples.deployment), epoch: epoch))
      for series in all.series {
        store.add(
          time: epoch * 1000 + Int64(scrape) * 30_000, value: series.value,
          to: series.labels.setting("job", to: "kube-state-metrics"))
      }
    }
    return store
  }()

  /// The answer after ten minutes and a second.
  private func ask(_ text: String) throws -> [String] {
    let time = KubeStateSamples.epoch * 1000 + 601_000
    guard case .vector(let values) = try Query(text).instant(at: time, in: Self.store).value else {
      return ["no vector"]
    }
    return values.map { "\($0.labels) \($0.value)" }.sorted()
  }

  @Test func aPodBelongsToItsDeployment() throws {
    #expect(
      try ask(
        """
        max by (namespace, pod, workload) (label_replace(
          label_replace(
            kube_pod_owner{job="kube-state-metrics", owner_kind="ReplicaSet"},
            "replicaset", "$1", "owner_name", "(.+)")
          * on (namespace, replicaset) group_left (owner_name)
          max by (namespace, replicaset, owner_name) (kube_replicaset_owner{owner_kind="Deployment"}),
          "workload", "$1", "owner_name", "(.+)"))
        """) == ["{namespace=\"shop\", pod=\"web-0\", workload=\"web\"} 1.0"])
  }

  @Test func aCrashLoopIsSeen() throws {
    #expect(
      try ask(
        """
        count by (pod, container) (
          max_over_time(kube_pod_container_status_waiting_reason{reason="CrashLoopBackOff"}[5m]) >= 1)
        """) == ["{container=\"main\", pod=\"web-0\"} 1.0"])
    // Four restarts were seen, of which the first lies before the range.
    #expect(
      try ask("increase(kube_pod_container_status_restarts_total{container=\"main\"}[8m]) > 2")
        .count == 1)
    #expect(try ask("kube_pod_container_state_started{container=\"main\"}") == [])
  }

  @Test func replicasOfADeploymentAreCompared() throws {
    let same = "{deployment=\"web\", job=\"kube-state-metrics\", namespace=\"shop\"}"
    #expect(
      try ask("kube_deployment_spec_replicas - kube_deployment_status_replicas_available")
        == ["\(same) 2.0"])
    #expect(
      try ask(
        "kube_deployment_status_observed_generation != kube_deployment_metadata_generation")
        == ["kube_deployment_status_observed_generation\(same) 2.0"])
  }

  /// What pods ask for on their node, of what it has.
  @Test func requestsAreOfTheirNode() throws {
    #expect(
      try ask(
        """
        sum by (node) (
          kube_pod_container_resource_requests{resource="cpu"}
          * on (namespace, pod) group_left () (kube_pod_status_phase{phase=~"Pending|Running"} == 1))
        / on (node) kube_node_status_allocatable{resource="cpu"} > 0.06
        """) == ["{node=\"node-1\"} \(0.25 / 3.92)"])
  }

  @Test func conditionsOfNodesAreSelected() throws {
    #expect(
      try ask("kube_node_status_condition{condition=\"Ready\", status=\"true\"} == 1").count == 1)
    #expect(
      try ask(
        "kube_node_spec_taint{effect=\"NoSchedule\"} * on (node) kube_node_spec_unschedulable")
        == ["{node=\"node-1\"} 1.0"])
  }
}

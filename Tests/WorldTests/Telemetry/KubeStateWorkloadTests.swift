import ClusterAPI
import Testing
import World

/// What is exposed of Deployments, ReplicaSets, StatefulSets, DaemonSets and Jobs.
@Suite struct KubeStateWorkloadTests {
  typealias Samples = KubeStateSamples

  @Test func ofADeployment() {
    #expect(
      Samples.text(.deployment(Samples.deployment)) == """
        kube_deployment_created{deployment="web", namespace="shop"} 1700000060
        kube_deployment_metadata_generation{deployment="web", namespace="shop"} 3
        kube_deployment_owner{deployment="web", namespace="shop"} 1
        kube_deployment_spec_paused{deployment="web", namespace="shop"} 0
        kube_deployment_spec_replicas{deployment="web", namespace="shop"} 10
        kube_deployment_spec_strategy_rollingupdate_max_surge{deployment="web", namespace="shop"} 3
        kube_deployment_spec_strategy_rollingupdate_max_unavailable{deployment="web", namespace="shop"} 2
        kube_deployment_status_condition{condition="Available", deployment="web", namespace="shop", reason="MinimumReplicasAvailable", status="false"} 0
        kube_deployment_status_condition{condition="Available", deployment="web", namespace="shop", reason="MinimumReplicasAvailable", status="true"} 1
        kube_deployment_status_condition{condition="Available", deployment="web", namespace="shop", reason="MinimumReplicasAvailable", status="unknown"} 0
        kube_deployment_status_condition{condition="Progressing", deployment="web", namespace="shop", reason="unknown", status="false"} 0
        kube_deployment_status_condition{condition="Progressing", deployment="web", namespace="shop", reason="unknown", status="true"} 0
        kube_deployment_status_condition{condition="Progressing", deployment="web", namespace="shop", reason="unknown", status="unknown"} 1
        kube_deployment_status_observed_generation{deployment="web", namespace="shop"} 2
        kube_deployment_status_replicas_available{deployment="web", namespace="shop"} 8
        kube_deployment_status_replicas_ready{deployment="web", namespace="shop"} 9
        kube_deployment_status_replicas_unavailable{deployment="web", namespace="shop"} 3
        kube_deployment_status_replicas_updated{deployment="web", namespace="shop"} 4
        kube_deployment_status_replicas{deployment="web", namespace="shop"} 12
        kube_deployment_status_terminating_replicas{deployment="web", namespace="shop"} 1
        """)
  }

  @Test func aDeploymentThatRecreatesHasNoBoundsOfUpdates() {
    var object = Samples.deployment
    object.spec.strategy.kind = .recreate
    object.spec.paused = true
    let text = Samples.text(.deployment(object))
    #expect(!text.contains("rollingupdate"))
    #expect(text.contains("kube_deployment_spec_paused{deployment=\"web\", namespace=\"shop\"} 1"))
  }

  @Test func ofAReplicaSet() {
    #expect(
      Samples.text(.replicaSet(Samples.replicaSet)) == """
        kube_replicaset_created{namespace="shop", replicaset="web-7d9c5b6f4"} 1700000060
        kube_replicaset_metadata_generation{namespace="shop", replicaset="web-7d9c5b6f4"} 3
        kube_replicaset_owner{namespace="shop", owner_is_controller="true", owner_kind="Deployment", owner_name="web", replicaset="web-7d9c5b6f4"} 1
        kube_replicaset_spec_replicas{namespace="shop", replicaset="web-7d9c5b6f4"} 5
        kube_replicaset_status_fully_labeled_replicas{namespace="shop", replicaset="web-7d9c5b6f4"} 4
        kube_replicaset_status_observed_generation{namespace="shop", replicaset="web-7d9c5b6f4"} 3
        kube_replicaset_status_ready_replicas{namespace="shop", replicaset="web-7d9c5b6f4"} 2
        kube_replicaset_status_replicas{namespace="shop", replicaset="web-7d9c5b6f4"} 4
        kube_replicaset_status_terminating_replicas{namespace="shop", replicaset="web-7d9c5b6f4"} 6
        """)
  }

  @Test func anOwnerThatIsNotThereHasNoLabels() {
    var object = Samples.replicaSet
    object.meta.owner = nil
    #expect(
      Samples.text(.replicaSet(object)).contains(
        "kube_replicaset_owner{namespace=\"shop\", replicaset=\"web-7d9c5b6f4\"} 1"))
  }

  @Test func ofAStatefulSet() {
    #expect(
      Samples.text(.statefulSet(Samples.statefulSet)) == """
        kube_statefulset_created{namespace="shop", statefulset="db"} 1700000060
        kube_statefulset_metadata_generation{namespace="shop", statefulset="db"} 3
        kube_statefulset_ordinals_start{namespace="shop", statefulset="db"} 5
        kube_statefulset_replicas{namespace="shop", statefulset="db"} 3
        kube_statefulset_status_current_revision{namespace="shop", revision="db-1", statefulset="db"} 1
        kube_statefulset_status_observed_generation{namespace="shop", statefulset="db"} 3
        kube_statefulset_status_replicas_available{namespace="shop", statefulset="db"} 1
        kube_statefulset_status_replicas_current{namespace="shop", statefulset="db"} 6
        kube_statefulset_status_replicas_ready{namespace="shop", statefulset="db"} 2
        kube_statefulset_status_replicas_updated{namespace="shop", statefulset="db"} 7
        kube_statefulset_status_replicas{namespace="shop", statefulset="db"} 4
        kube_statefulset_status_update_revision{namespace="shop", revision="db-2", statefulset="db"} 1
        """)
  }

  @Test func ofADaemonSet() {
    #expect(
      Samples.text(.daemonSet(Samples.daemonSet)) == """
        kube_daemonset_created{daemonset="agent", namespace="shop"} 1700000060
        kube_daemonset_metadata_generation{daemonset="agent", namespace="shop"} 3
        kube_daemonset_status_current_number_scheduled{daemonset="agent", namespace="shop"} 8
        kube_daemonset_status_desired_number_scheduled{daemonset="agent", namespace="shop"} 9
        kube_daemonset_status_number_available{daemonset="agent", namespace="shop"} 6
        kube_daemonset_status_number_misscheduled{daemonset="agent", namespace="shop"} 1
        kube_daemonset_status_number_ready{daemonset="agent", namespace="shop"} 7
        kube_daemonset_status_number_unavailable{daemonset="agent", namespace="shop"} 3
        kube_daemonset_status_observed_generation{daemonset="agent", namespace="shop"} 2
        kube_daemonset_status_updated_number_scheduled{daemonset="agent", namespace="shop"} 4
        """)
  }

  @Test func ofAJob() {
    #expect(
      Samples.text(.job(Samples.job)) == """
        kube_job_complete{condition="false", job_name="load", namespace="shop"} 1
        kube_job_complete{condition="true", job_name="load", namespace="shop"} 0
        kube_job_complete{condition="unknown", job_name="load", namespace="shop"} 0
        kube_job_created{job_name="load", namespace="shop"} 1700000060
        kube_job_failed{condition="false", job_name="load", namespace="shop"} 0
        kube_job_failed{condition="true", job_name="load", namespace="shop"} 1
        kube_job_failed{condition="unknown", job_name="load", namespace="shop"} 0
        kube_job_info{job_name="load", namespace="shop"} 1
        kube_job_owner{job_name="load", namespace="shop"} 1
        kube_job_spec_active_deadline_seconds{job_name="load", namespace="shop"} 600
        kube_job_spec_completions{job_name="load", namespace="shop"} 4
        kube_job_spec_parallelism{job_name="load", namespace="shop"} 2
        kube_job_status_active{job_name="load", namespace="shop"} 1
        kube_job_status_completion_time{job_name="load", namespace="shop"} 1700000090
        kube_job_status_failed{job_name="load", namespace="shop", reason="BackoffLimitExceeded"} 1
        kube_job_status_failed{job_name="load", namespace="shop", reason="DeadlineExceeded"} 0
        kube_job_status_failed{job_name="load", namespace="shop", reason="Evicted"} 0
        kube_job_status_ready{job_name="load", namespace="shop"} 1
        kube_job_status_start_time{job_name="load", namespace="shop"} 1700000061
        kube_job_status_succeeded{job_name="load", namespace="shop"} 2
        kube_job_status_suspended{job_name="load", namespace="shop"} 0
        """)
  }

  /// Until the job itself has failed, and for a reason that is known, the number has no reason.
  @Test(
    arguments: [
      (nil, 0, ["0"]), (nil, 3, ["3"]), ("BackoffLimitExceeded", 0, ["0"]),
      ("PodFailurePolicy", 3, ["0", "0", "0", "3"]), ("DeadlineExceeded", 3, ["0", "0", "1"]),
    ] as [(String?, Int, [String])])
  func failedPodsOfAJob(reason: String?, failed: Int, values: [String]) {
    var object = Samples.job
    object.status.failed = failed
    object.status.conditions = reason.map { [Samples.condition("Failed", .yes, $0)] } ?? []
    let lines = Samples.text(.job(object)).split(separator: "\n").filter {
      $0.hasPrefix("kube_job_status_failed")
    }
    #expect(lines.compactMap { $0.split(separator: " ").last.map(String.init) }.sorted() == values)
  }
}

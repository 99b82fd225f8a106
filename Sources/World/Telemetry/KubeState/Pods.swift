import ClusterAPI
import PromQL

extension KubeState {
  private static let shape = ObjectFamilies("kube_pod", ["namespace", "pod", "uid"])

  static let podFamilies: [MetricFamily] = [
    shape.created,
    shape.kubernetesLabels,
    shape.owner,
    shape.gauge("completion_time", "the latest end of a container that has ended, in Unix seconds"),
    shape.gauge("deletion_timestamp", "when the pod is to be gone, in Unix seconds"),
    shape.gauge(
      "info", "1; where the pod is and who made it",
      [
        "host_ip", "pod_ip", "node", "created_by_kind", "created_by_name", "priority_class",
        "host_network",
      ]),
    shape.gauge("ips", "1; an address of the pod", ["ip", "ip_family"]),
    shape.gauge("overhead_cpu_cores", "the CPU that the pod takes besides its containers"),
    shape.gauge("overhead_memory_bytes", "the memory that the pod takes besides its containers"),
    shape.gauge("restart_policy", "1; the restart policy of the pod", ["type"]),
    shape.gauge("scheduler", "1; the scheduler that the pod asks for", ["name"]),
    shape.gauge("service_account", "1; the service account of the pod", ["service_account"]),
    shape.gauge(
      "spec_volumes_persistentvolumeclaims_info", "1; a claim that the pod mounts",
      ["volume", "persistentvolumeclaim"]),
    shape.gauge(
      "spec_volumes_persistentvolumeclaims_readonly", "1: the claim is mounted for reading only",
      ["volume", "persistentvolumeclaim"]),
    shape.gauge("start_time", "when the kubelet took the pod up, in Unix seconds"),
    shape.gauge(
      "status_container_ready_time", "since when all containers are ready, in Unix seconds"),
    shape.gauge(
      "status_initialized_time", "when the init containers were through, in Unix seconds"),
    shape.gauge(
      "status_phase", "1 for the phase that the pod is in, 0 for the others", ["phase"]),
    shape.gauge(
      "status_qos_class", "1 for the class of the pod, 0 for the others", ["qos_class"]),
    shape.gauge(
      "status_ready", "1 for the status of the condition Ready, 0 for the others", ["condition"]),
    shape.gauge("status_ready_time", "since when the pod is ready, in Unix seconds"),
    shape.gauge("status_reason", "1 for each reason that holds, 0 for the others", ["reason"]),
    shape.gauge(
      "status_scheduled", "1 for the status of the condition PodScheduled, 0 for the others",
      ["condition"]),
    shape.gauge("status_scheduled_time", "when the pod was bound to its node, in Unix seconds"),
    shape.gauge("status_unschedulable", "1: no node takes the pod"),
    shape.gauge("status_unscheduled_time", "since when no node takes the pod, in Unix seconds"),
    shape.gauge(
      "tolerations", "1; a taint that the pod tolerates",
      ["key", "operator", "value", "effect", "toleration_seconds"]),
  ]

  private static let phases = PodState.Phase.allCases.map(\.rawValue)
  private static let qosClasses = [QOSClass.bestEffort, .burstable, .guaranteed].map(\.rawValue)
  private static let reasons = [
    "Evicted", "NodeAffinity", "NodeLost", "PreemptionByScheduler", "SchedulingGated", "Shutdown",
    "TerminationByKubelet", "UnexpectedAdmissionError",
  ]

  /// The series of a pod and its containers.
  public static func expose(_ pod: PodState, options: Options = Options()) -> Exposition {
    expose(pod, options, after: [])
  }

  /// - Parameter shown: what the same pod showed before.
  static func expose(
    _ pod: PodState, _ options: Options, after shown: [PromQL.Labels]
  ) -> Exposition {
    var series = ObjectSeries(shape, [pod.namespace, pod.name, pod.uid], options, after: shown)
    addInfo(pod, to: &series)
    addTimes(pod, to: &series)
    addStatus(pod, to: &series)
    for container in pod.containers { add(container, of: pod, to: &series) }
    series.add(labels: pod.labels, of: "pods", allowed: options.labels)
    return series.exposition
  }

  private static func addInfo(_ pod: PodState, to series: inout ObjectSeries) {
    if series.wants("info") {
      series.add(
        "info", 1, ("host_ip", pod.hostIP), ("pod_ip", pod.podIP), ("node", pod.node),
        ("created_by_kind", pod.owner?.kind ?? ""), ("created_by_name", pod.owner?.name ?? ""),
        ("priority_class", pod.priorityClass),
        ("host_network", pod.isHostNetwork ? "true" : "false"))
    }
    series.add(ownerKind: pod.owner?.kind, name: pod.owner?.name)
    if !pod.podIP.isEmpty {
      series.add(
        "ips", 1, ("ip", pod.podIP), ("ip_family", pod.podIP.contains(":") ? "6" : "4"))
    }
    if let cpu = pod.overhead["cpu"] {
      series.add("overhead_cpu_cores", Double(cpu.milliValue) / 1000)
    }
    if let memory = pod.overhead["memory"] { series.add("overhead_memory_bytes", memory.value) }
    series.add("restart_policy", 1, ("type", pod.restartPolicy.rawValue))
    series.add("scheduler", 1, ("name", pod.scheduler))
    series.add("service_account", 1, ("service_account", pod.serviceAccount))
    for claim in pod.claims {
      series.add(
        "spec_volumes_persistentvolumeclaims_info", 1, ("volume", claim.volume),
        ("persistentvolumeclaim", claim.name))
      series.add(
        "spec_volumes_persistentvolumeclaims_readonly", claim.isReadOnly,
        ("volume", claim.volume), ("persistentvolumeclaim", claim.name))
    }
    for (index, toleration) in pod.tolerations.enumerated()
    where !pod.tolerations[..<index].contains(toleration) {
      series.add(
        "tolerations", 1, ("key", toleration.key), ("operator", toleration.op.raw),
        ("value", toleration.value), ("effect", toleration.effect?.raw ?? ""),
        ("toleration_seconds", toleration.tolerationSeconds.map { String($0) } ?? ""))
    }
  }

  private static func addTimes(_ pod: PodState, to series: inout ObjectSeries) {
    series.add("created", unix: pod.created)
    series.add("start_time", unix: pod.startTime)
    series.add("deletion_timestamp", unix: pod.deletionTimestamp)
    let ends = pod.containers.compactMap { container -> Int64? in
      guard !container.isInit, case .terminated(let end) = container.state else { return nil }
      return end.finishedAt
    }
    series.add("completion_time", unix: ends.max())
    switch pod.scheduled {
    case .yes: series.add("status_scheduled_time", unix: pod.scheduledTime)
    case .no: series.add("status_unscheduled_time", unix: pod.scheduledTime)
    case .unknown, nil: break
    }
    series.add("status_initialized_time", unix: pod.initializedTime)
    series.add("status_container_ready_time", unix: pod.containersReadyTime)
    if pod.ready == .yes { series.add("status_ready_time", unix: pod.readyTime) }
  }

  private static func addStatus(_ pod: PodState, to series: inout ObjectSeries) {
    series.add("status_phase", oneOf: phases, under: "phase") { $0 == pod.phase.rawValue }
    if let qosClass = pod.qosClass {
      series.add("status_qos_class", oneOf: qosClasses, under: "qos_class") {
        $0 == qosClass.rawValue
      }
    }
    if let ready = pod.ready { series.add("status_ready", status: ready, under: "condition") }
    if let scheduled = pod.scheduled {
      series.add("status_scheduled", status: scheduled, under: "condition")
      if scheduled == .no { series.add("status_unschedulable", 1) }
    }
    guard series.wants("status_reason") else { return }
    let given =
      [pod.reason] + pod.conditionReasons
      + pod.containers.compactMap { container in
        guard !container.isInit, case .terminated(let end) = container.state else { return nil }
        return end.reason
      }
    series.add("status_reason", oneOf: reasons, under: "reason") { given.contains($0) }
  }
}

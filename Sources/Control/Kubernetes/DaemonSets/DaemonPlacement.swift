public import ClusterAPI

/// On which nodes a DaemonSet's pods are to run (`daemon.NodeShouldRunDaemonPod`, Kubernetes 1.36).
public struct DaemonPlacement: Sendable {
  private let affinity: RequiredNodeAffinity
  private let tolerations: [Toleration]
  private let nodeName: String?

  public init(_ spec: PodSpec) {
    affinity = RequiredNodeAffinity(SchedulingPod(namespace: "", labels: [:], spec: spec))
    tolerations = DaemonPlacement.tolerations(spec)
    nodeName = spec.nodeName
  }

  /// - Returns: whether a pod is to be made there, and whether one that is there may stay.
  public func judge(_ node: SchedulingNode) -> (shouldRun: Bool, mayStay: Bool) {
    if let nodeName, !nodeName.isEmpty, nodeName != node.name { return (false, false) }
    guard affinity.matches(node) else { return (false, false) }
    if tolerations.firstUntolerated(node.taints) == nil { return (true, true) }
    let expelling = node.taints.filter { $0.effect == .noExecute }
    return (false, tolerations.firstUntolerated(expelling) == nil)
  }

  /// The tolerations of the pod with those that every DaemonSet's pod gets
  /// (`AddOrUpdateDaemonPodTolerations`).
  public static func tolerations(_ spec: PodSpec) -> [Toleration] {
    let node = "node.kubernetes.io/"
    var added: [(key: String, effect: TaintEffect)] = [
      ("not-ready", .noExecute), ("unreachable", .noExecute), ("disk-pressure", .noSchedule),
      ("memory-pressure", .noSchedule), ("pid-pressure", .noSchedule),
      ("unschedulable", .noSchedule),
    ]
    if spec.hostNetwork { added.append(("network-unavailable", .noSchedule)) }
    var result = spec.tolerations
    for (key, effect) in added {
      let toleration = Toleration(key: node + key, op: .exists, effect: effect)
      if let at = result.firstIndex(where: {
        $0.key == toleration.key && $0.op == .exists && $0.effect == effect
      }) {
        result[at] = toleration
      } else {
        result.append(toleration)
      }
    }
    return result
  }
}

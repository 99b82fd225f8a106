import ClusterAPI

/// Nothing keeps the replicas of a workload on different nodes: one node may take all of them along.
enum ReplicasShareNode: FindingRule {
  static let id = "replicas-share-node"
  static let title = "all replicas may be on one node"

  static func find(in workload: ExaminedWorkload, _ trials: any Trials) -> [RehearsalFinding] {
    switch workload.object {
    case .deployment, .statefulSet: break
    default: return []
    }
    let electsLeader = LeaderElection.isOn(workload)
    guard workload.most > 1 || electsLeader, !keepsApart(workload) else { return [] }
    let isSeveral = workload.fewest > 1
    let count = workload.most > 1 ? "its \(countWords(workload)) pods" : "its pods"
    var found = finding(
      isSeveral && workload.isServed ? .warning : .note, workload.key,
      "neither anti-affinity nor topologySpreadConstraints keep \(count) apart: all of them may be on the "
        + "node that is lost or drained",
      isSeveral
        ? .when("if the scheduler's own spreading does not keep them apart")
        : .when("if it runs with several replicas"))
    let labels: [DocumentValue.Field] = selector(workload).map { .init($0.key, .string($0.value)) }
    found.remedies = [
      .pod(
        "replicas on different nodes, where there are any", workload.key,
        [
          .init(
            "topologySpreadConstraints",
            .list([
              .object([
                .init("maxSkew", .integer(1)),
                .init("topologyKey", .string("kubernetes.io/hostname")),
                .init("whenUnsatisfiable", .string("ScheduleAnyway")),
                .init("labelSelector", .object([.init("matchLabels", .object(labels))])),
              ])
            ]))
        ])
    ]
    return [found]
  }

  private static func countWords(_ workload: ExaminedWorkload) -> String {
    workload.fewest == workload.most ? "\(workload.most)" : "\(workload.fewest) to \(workload.most)"
  }

  /// What of the pod's labels chooses the workload's own pods.
  private static func selector(_ workload: ExaminedWorkload) -> Labels {
    let selector: LabelSelector? =
      switch workload.object {
      case .deployment(let it): it.spec.selector
      case .statefulSet(let it): it.selector
      default: nil
      }
    let labels = selector?.matchLabels ?? [:]
    return labels.isEmpty ? workload.template.labels : labels
  }

  private static func keepsApart(_ workload: ExaminedWorkload) -> Bool {
    let spec = workload.spec
    func isOwn(_ selector: LabelSelector?) -> Bool {
      selector?.matches(workload.template.labels) ?? false
    }
    let terms =
      (spec.affinity.podAnti?.required ?? [])
      + (spec.affinity.podAnti?.preferred.map(\.term) ?? [])
    if terms.contains(where: { isOwn($0.labelSelector) }) { return true }
    if spec.topologySpreadConstraints.contains(where: { isOwn($0.labelSelector) }) { return true }
    // A node has each port once.
    return workload.containers.contains { container in
      container.ports.contains { $0.hostPort != nil || spec.hostNetwork }
    }
  }
}

import ClusterAPI

/// Two workloads of one kind choose each other's pods.
enum SelectorsOverlap: FindingRule {
  static let id = "selectors-overlap"
  static let title = "two workloads choose the same pods"

  static func find(in tree: ExaminedTree) -> [RehearsalFinding] {
    let all = tree.workloads.compactMap { workload in
      selector(of: workload).map { (workload: workload, selector: $0) }
    }
    var found: [RehearsalFinding] = []
    for (index, one) in all.enumerated() {
      for other in all[..<index] {
        guard one.workload.namespace == other.workload.namespace,
          one.workload.key.kind == other.workload.key.kind,
          one.selector.matches(other.workload.template.labels),
          other.selector.matches(one.workload.template.labels)
        else { continue }
        found.append(
          finding(
            .warning, one.workload.key, part: other.workload.key.short,
            "its selector (\(one.selector.canonical)) chooses the pods of \(other.workload.key.short) too: "
              + "autoscalers, budgets and `kubectl` take the pods of both for its own"))
      }
    }
    return found
  }

  private static func selector(of workload: ExaminedWorkload) -> LabelSelector? {
    switch workload.object {
    case .deployment(let it): it.spec.selector
    case .statefulSet(let it): it.selector
    case .daemonSet(let it): it.selector
    default: nil
    }
  }
}

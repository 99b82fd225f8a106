import ClusterAPI

/// A strategy, a partition or a pause that keeps a new template from reaching the pods.
enum UpdateNotRolledOut: FindingRule {
  static let id = "update-not-rolled-out"
  static let title = "a new version does not reach all pods by itself"

  static func find(in workload: ExaminedWorkload, _ trials: any Trials) -> [RehearsalFinding] {
    guard let words = obstacle(workload) else { return [] }
    return [finding(.note, workload.key, words)]
  }

  private static func obstacle(_ workload: ExaminedWorkload) -> String? {
    let onDelete =
      "its updateStrategy is OnDelete: a pod gets the new version when somebody deletes it"
    switch workload.object {
    case .deployment(let it):
      return it.spec.paused ? "it is paused: no new version is rolled out until it is resumed" : nil
    case .daemonSet(let it): return it.updateStrategy == "OnDelete" ? onDelete : nil
    case .statefulSet(let it):
      if it.updateStrategy == "OnDelete" { return onDelete }
      let first = it.startOrdinal
      guard it.partition > first, it.replicas > 0 else { return nil }
      return it.partition - first >= it.replicas
        ? "its partition is \(it.partition): no pod gets the new version"
        : "its partition is \(it.partition): pods with a lower number keep the old version"
    default: return nil
    }
  }
}

import ClusterAPI
public import Verdict

extension Examination {
  /// What rules find in the change itself: of workloads that both trees have.
  public static func findings(
    from base: ExaminedTree, to head: ExaminedTree
  ) -> [RehearsalFinding] {
    var old: [ObjectKey: ExaminedWorkload] = [:]
    for workload in base.workloads { old[workload.key] = workload }
    return head.workloads.flatMap { workload -> [RehearsalFinding] in
      guard let before = old[workload.key] else { return [] }
      return FindingCatalog.all.flatMap { $0.find(from: before, to: workload) }
    }
  }
}

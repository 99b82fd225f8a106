public import ClusterAPI
public import Manifests
public import Verdict

/// What a change of manifests brings: both sides examined, and the way from one to the other.
public struct ChangeExamination: Sendable {
  public private(set) var comparison: FindingComparison
  /// Workloads that were examined.
  public private(set) var workloads: [ObjectKey]
  /// Of head, and of the way to it.
  public private(set) var findings: [RehearsalFinding]
  public private(set) var baseFindings: [RehearsalFinding] = []

  /// - Parameters:
  ///   - base: nil: the manifests are examined as they are.
  ///   - finished: called after each workload of head.
  public init(
    from base: ManifestSet?, to head: ManifestSet, _ settings: Examination.Settings,
    isStopped: @escaping @Sendable () -> Bool = { false },
    finished: @escaping @Sendable (ObjectKey) -> Void = { _ in }
  ) {
    let after = ExaminedTree(head)
    guard let base else {
      let found = Examination(after, settings, isStopped: isStopped, finished: finished).findings
      findings = found
      workloads = after.workloads.map(\.key)
      comparison = FindingComparison(found, base: [])
      return
    }
    let before = ExaminedTree(base)
    let changed = ChangeExamination.changed(from: before, to: after)
    var settings = settings
    settings.workloads = changed
    workloads = after.workloads.map(\.key).filter(changed.contains)
    var found = Examination(after, settings, isStopped: isStopped, finished: finished).findings
    let old = Examination(before, settings, isStopped: isStopped).findings
    // A workload that stays as it is may read what does not.
    found += Examination.findings(from: before, to: after)
    findings = found
    baseFindings = old
    comparison = FindingComparison(found, base: old)
  }

  /// Workloads that are other ones, or have other surroundings, on one side.
  public static func changed(from base: ExaminedTree, to head: ExaminedTree) -> Set<ObjectKey> {
    var old: [ObjectKey: ExaminedWorkload] = [:]
    for workload in base.workloads { old[workload.key] = workload }
    var changed: Set<ObjectKey> = []
    for workload in head.workloads {
      if let before = old.removeValue(forKey: workload.key), before.isAlike(workload) { continue }
      changed.insert(workload.key)
    }
    return changed.union(old.keys)
  }
}

extension ExaminedWorkload {
  fileprivate func isAlike(_ other: ExaminedWorkload) -> Bool {
    object == other.object && services == other.services && budgets == other.budgets
      && autoscalers == other.autoscalers
  }
}

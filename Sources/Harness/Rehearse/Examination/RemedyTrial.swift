import ClusterAPI
public import Manifests
public import Verdict

/// Tries remedies: the manifests are patched and examined again.
public struct RemedyTrial: Sendable {
  private let set: ManifestSet
  private let settings: Examination.Settings
  private let findings: [RehearsalFinding]

  /// - Parameters:
  ///   - set: the manifests.
  ///   - findings: what was found in them.
  public init(_ set: ManifestSet, _ settings: Examination.Settings, _ findings: [RehearsalFinding])
  {
    self.set = set
    self.settings = settings
    self.findings = findings
  }

  /// The first remedy with which the finding is gone, or holds from a clearly safer value on only, and
  /// that brings no other warning or error.
  public func remedy(of finding: RehearsalFinding) -> Remedy? {
    finding.remedies.first { helps($0, against: finding) }
  }

  private func helps(_ remedy: Remedy, against finding: RehearsalFinding) -> Bool {
    guard let patched = set.patched(remedy.object, by: remedy.patch) else { return false }
    let tree = ExaminedTree(patched)
    // What the patch touches: the workload itself, or those that its object is about.
    let affected = Set(
      tree.workloads.filter { $0.key == finding.object || $0.key == remedy.object }.map(\.key))
    guard !affected.isEmpty else { return false }
    var settings = settings
    settings.workloads = affected
    let after = Examination(tree, settings).findings
    let before = findings.filter { affected.contains($0.object) || $0.severity == .error }
    let comparison = FindingComparison(after, base: before)
    let isBetter = comparison.rows.contains {
      $0.finding.identity == finding.identity && ($0.standing == .gone || $0.standing == .better)
    }
    return isBetter && !comparison.brought.contains { $0.finding.severity > .note }
  }
}

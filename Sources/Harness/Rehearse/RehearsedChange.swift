public import ClusterAPI
import Manifests

/// The change that a rehearsal makes, as a scenario writes it.
public struct RehearsedChange: Sendable {
  /// Entries of `spec.change`, without their times.
  var entries: [String]
  /// The same where the new version is bad; nil: no different. What is rolled back is one workload, so
  /// no other one changes.
  var entriesOfBadVersion: [String]?
  /// What applies the manifests from before it; nil: there are none.
  var entriesBack: [String]?
  /// The image that only pods of the new version have; nil: old and new pods cannot be told apart by it.
  public private(set) var newImage: String?
  /// Whether taking it back means anything: a restart has nothing to go back to.
  var canBeRolledBack = true
  /// Those of `files` with rules, which are evaluated from the beginning on.
  var ruleFiles: [String] = []
  /// Files that it applies.
  public private(set) var files: [(name: String, bytes: [UInt8])] = []

  /// `kubectl set image`; the first one is what may be bad.
  public static func images(_ images: [NewImage]) -> RehearsedChange {
    RehearsedChange(
      entries: images.map {
        "setImage: {deployment: \(quoted($0.deployment.name)), "
          + "namespace: \(quoted($0.deployment.namespace)), "
          + ($0.container.map { "container: \(quoted($0)), " } ?? "")
          + "image: \(quoted($0.image))}"
      }, newImage: images.first?.image)
  }

  /// `kubectl rollout restart` of every workload that keeps revisions.
  public static func restart(_ objects: [ClusterObject]) -> RehearsedChange {
    let kinds: [Kind] = [.deployment, .statefulSet, .daemonSet]
    var result = RehearsedChange(
      entries: objects.map(\.key).filter { kinds.contains($0.kind) }.compactMap {
        entry("restart", $0)
      }, newImage: nil)
    result.canBeRolledBack = false
    return result
  }

  /// `kubectl apply` of what differs between two trees, and the deletion of what is pruned.
  ///
  /// - Parameter deployment: the one whose new version may be bad.
  public static func apply(_ change: TreeChange, for deployment: ObjectKey) -> RehearsedChange {
    var result = RehearsedChange(
      entries: [], newImage: change.objects.first { $0.key == deployment }?.newImage)
    func isAlone(_ key: ObjectKey) -> Bool { key == deployment || !workloads.contains(key.kind) }
    let alone = change.applied.filter { isAlone($0.key) }
    result.entries = result.apply(change.applied, change.deleted, "applied-change.yaml")
    if alone.count < change.applied.count || !change.deleted.allSatisfy(isAlone) {
      let name = "applied-\(deployment.namespace)-\(deployment.name).yaml"
      result.entriesOfBadVersion = result.apply(alone, change.deleted.filter(isAlone), name)
    }
    if change.applied.contains(where: { $0.key.kind.name == RuleReader.kind }) {
      result.ruleFiles = ["applied-change.yaml"]
    }
    let earlier = change.applied.filter { $0.previous != nil }
    if !earlier.isEmpty {
      let name = "applied-base.yaml"
      result.files.append((name, Array(TreeChange.previousFile(earlier).utf8)))
      result.entriesBack = ["apply: \(name)"]
    }
    return result
  }

  private static let workloads: [Kind] = [.deployment, .statefulSet, .daemonSet, .job, .pod]

  private mutating func apply(
    _ applied: [TreeChange.Object], _ deleted: [ObjectKey], _ name: String
  ) -> [String] {
    let deletions = deleted.compactMap { RehearsedChange.entry("delete", $0) }
    if applied.isEmpty { return deletions }
    files.append((name, Array(TreeChange.file(applied).utf8)))
    return ["apply: \(name)"] + deletions
  }

  /// nil for kinds that do nothing in a run.
  private static func entry(_ verb: String, _ key: ObjectKey) -> String? {
    guard let field = ChangeTable.field(of: key.kind) else { return nil }
    let namespace = key.namespace.isEmpty ? "" : ", namespace: \(quoted(key.namespace))"
    return "\(verb): {\(field): \(quoted(key.name))\(namespace)}"
  }

  private static func quoted(_ text: String) -> String { ScenarioWriter.quoted(text) }
}

import Units

/// Something that may go wrong while a change is rolled out, and what has to hold for it to be
/// survived.
public struct Situation: Sendable {
  /// Such as `errors-5-percent`.
  public var name: String
  public var title: String
  /// Lines of `spec.faults`; `IMAGE`, `SERVICE` and `CHANGE` stand for the new image, the Service and
  /// seconds after the change.
  var faults: [Fault]
  /// Whether the new version itself is bad, so that a guard has to roll it back.
  public var isBadVersion: Bool
  /// Whether it makes no sense without requests.
  var needsLoad = false
  /// Whether it makes no sense in a cluster of one zone.
  var needsZones = false
  /// Whether the new version needs a memory limit to be bad.
  var needsMemoryLimit = false
  /// Whether the user takes the change back, so that there is nothing for a guard to decide.
  public var isRolledBack: Bool { rollback != nil }
  /// How the change is taken back after it was complete; nil: it is not.
  var rollback: Rollback?
  var survival: Survival
  /// Ids of findings that say why it is not survived.
  public var explainedBy: [String]

  /// Whether it means something for a workload of which nothing runs before the change.
  var isAboutNewWorkloads: Bool {
    !isBadVersion && !needsLoad && !isRolledBack && (survival == .unharmed || survival == .promoted)
  }

  enum Rollback: Sendable {
    /// `kubectl rollout undo`.
    case undo
    /// The manifests from before the change are applied again.
    case applyBase
  }

  struct Fault: Sendable {
    /// Seconds after the change.
    var after: Int64
    var duration: Int64?
    /// The keys besides `at` and `for`; `ZONE` stands for a zone of the cluster, `LEAK` for an amount of
    /// memory with which a pod comes to its limit in a minute.
    var keys: @Sendable (_ image: String, _ service: String) -> String
  }

  /// What is expected of the run without a guard.
  enum Survival: Sendable {
    /// Rolled out, and not one request lost.
    case unharmed
    /// Rolled out, and at most one request in a hundred failed.
    case promoted
    /// The old version goes on serving, and not one request is lost.
    case oldVersionServes
    /// At most one request in a hundred failed.
    case errors
    /// The 99th percentile stays below four times the usual.
    case latency
    /// All is as if the change had never been.
    case restored
  }

  /// What has to hold for it to be survived, without and with a guard.
  public func bar(_ assumptions: Assumptions) -> String {
    let hasLoad = !assumptions.services.isEmpty
    let lost = hasLoad ? "no request is lost, " : ""
    let few = "at most 1 % of requests fail"
    let ready = "ready pods stay above the minimum"
    let plain =
      switch survival {
      case .unharmed: "it is rolled out, \(lost)\(ready)"
      case .promoted: "it is rolled out" + (hasLoad ? ", \(few)" : "")
      case .oldVersionServes: "the old version goes on serving, \(lost)\(ready)"
      case .restored: "everything is as it was before the change"
      case .errors: (hasLoad ? "\(few), " : "") + ready
      case .latency:
        "99 % of requests stay within "
          + (assumptions.latencyBound.map { Assumptions.text($0) } ?? "the usual")
      }
    return plain
  }

  init(
    _ name: String, _ title: String, bad: Bool = false, needsLoad: Bool = false,
    needsZones: Bool = false, needsMemoryLimit: Bool = false, rollback: Rollback? = nil,
    _ survival: Survival, explainedBy: [String], _ faults: [Fault] = []
  ) {
    self.explainedBy = explainedBy
    self.needsMemoryLimit = needsMemoryLimit
    self.rollback = rollback
    self.name = name
    self.title = title
    self.faults = faults
    self.survival = survival
    self.needsLoad = needsLoad
    self.needsZones = needsZones
    isBadVersion = bad
  }
}

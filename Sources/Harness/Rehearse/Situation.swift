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

  private init(
    _ name: String, _ title: String, bad: Bool = false, needsLoad: Bool = false,
    needsZones: Bool = false, needsMemoryLimit: Bool = false, rollback: Rollback? = nil,
    _ survival: Survival, _ faults: [Fault] = []
  ) {
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

  private static func version(_ keys: @escaping @Sendable (String, String) -> String) -> [Fault] {
    // A bad version is bad from the start on; nobody runs it before the change.
    [Fault(after: -1, duration: nil, keys: keys)]
  }

  public static let all: [Situation] = [
    Situation("healthy-change", "healthy change", .unharmed),
    Situation(
      "never-ready", "new version never ready", bad: true, .oldVersionServes,
      version { image, _ in "kind: neverReady, image: \(image)" }),
    Situation(
      "crash-after-ready", "new version crashes 10 s after ready", bad: true, .errors,
      version { image, _ in "kind: crashLoop, image: \(image), after: 10s" }),
    Situation(
      "errors-5-percent", "new version fails 5 % of its requests", bad: true, needsLoad: true,
      .errors, version { image, _ in "kind: errorRate, image: \(image), errors: 5%" }),
    Situation(
      "latency-5x", "new version is 5 times slower", bad: true, needsLoad: true, .latency,
      version { image, _ in "kind: slowService, image: \(image), factor: 5" }),
    Situation(
      "memory-leak", "new version leaks memory up to its limit", bad: true, needsLoad: true,
      needsMemoryLimit: true, .errors,
      version { image, _ in "kind: memoryLeak, image: \(image), perRequest: LEAK" }),
    Situation(
      "image-cannot-be-pulled", "new image cannot be pulled", bad: true, .oldVersionServes,
      version { image, _ in "kind: imagePullFailure, image: \(image)" }),
    Situation(
      "slow-start-2x", "new version starts twice as slowly", .unharmed,
      version { image, _ in "kind: slowStart, image: \(image), factor: 2" }),
    Situation(
      "slow-start", "new version starts 5 times slower", .unharmed,
      version { image, _ in "kind: slowStart, image: \(image), factor: 5" }),
    Situation(
      "node-loss", "a node is lost in mid-rollout", .promoted,
      [Fault(after: 15, duration: nil) { _, _ in "kind: nodeCrash, count: 1" }]),
    Situation(
      "zone-loss", "a zone is lost in mid-rollout", needsZones: true, .promoted,
      [Fault(after: 15, duration: nil) { _, _ in "kind: zoneOutage, zone: ZONE" }]),
    Situation(
      "node-drain", "a node is drained in mid-rollout", .promoted,
      [Fault(after: 15, duration: nil) { _, _ in "kind: nodeDrain, count: 1" }]),
    Situation(
      "full-cluster", "no node has room for a new pod", .errors,
      [Fault(after: -1, duration: nil) { _, _ in "kind: nodeCordon, node: \"*\"" }]),
    Situation(
      "traffic-spike", "traffic doubles during the rollout", needsLoad: true, .promoted,
      [
        Fault(after: 5, duration: 90) { _, service in
          "kind: trafficSpike, service: \(service), factor: 2"
        }
      ]),
    Situation(
      "slow-api-server", "API server 400 ms slower, 5 % refused", .promoted,
      [
        Fault(after: -10, duration: 300) { _, _ in
          "kind: apiServerSlow, latency: 400ms, refused: 5%"
        }
      ]),
    Situation(
      "rollout-undo", "kubectl rollout undo after it was complete", rollback: .undo, .restored),
    Situation(
      "apply-of-base", "base applied again after it was complete", rollback: .applyBase,
      .restored),
  ]
}

public import ClusterAPI
import Control
public import Units

/// The process that runs the rollback guards: its own informers, client limit and passes.
struct GuardProcess: Sendable {
  var runtime = ControllerRuntime(RollbackGuardController(), workers: 1)
  var cursor = Cursor()
  var cache = InformerCache()
  var bucket: TokenBucket
  /// How many requests it has sent so far.
  var requestCount = 0

  init(_ latencies: Latencies) {
    bucket = TokenBucket(qps: latencies.controllerQPS, burst: latencies.controllerBurst)
  }
}

/// A decision as it was taken.
public struct TakenDecision: Hashable, Sendable {
  public var at: Instant
  public var decision: Decision
  public var taken: DecisionOption

  public init(at: Instant, decision: Decision, taken: DecisionOption) {
    self.at = at
    self.decision = decision
    self.taken = taken
  }
}

/// Answers a decision otherwise than it proposes, for one revision of one workload.
public struct DecisionOverride: Hashable, Sendable {
  public var subject: ObjectKey
  public var revision: Int64
  public var option: DecisionOption

  public init(subject: ObjectKey, revision: Int64, option: DecisionOption) {
    self.subject = subject
    self.revision = revision
    self.option = option
  }
}

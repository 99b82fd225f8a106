import ClusterAPI
public import Units
import World

/// What users suffered from the change to the end.
public struct Harm: Hashable, Sendable {
  public var requests: Int64 = 0
  public var failed: Int64 = 0
  /// Answered, but slower than the tightest latency that is wanted; 0 where there is none.
  public var slow: Int64 = 0
  /// For how long ready pods were below the floor that the strategy promises.
  public var belowMinimum = Span.zero
  /// Pod time, of all pods that were not terminating, in seconds.
  public var podSeconds: Int64 = 0

  public init() {}

  /// Failed and slow requests.
  public var total: Int64 { failed + slow }

  public var ratio: Ratio { Ratio(total, of: requests) }

  /// Requests are those that clients saw (`RequestAnswers`).
  ///
  /// - Parameter from: what was before is left out; nil: from the change on.
  public init(_ trace: RunTrace, from: Instant? = nil) {
    let from = max(from ?? trace.changeAt, trace.changeAt)
    if let seen = trace.seen {
      requests = seen.requests.total(from: from)
      failed = seen.failures.total(from: from)
      slow = seen.slow?.total(from: from) ?? 0
    }
    var podTime: Int64 = 0
    for workload in trace.judged {
      for step in Bounds(trace, of: workload).steps where step.to > from {
        if step.counts.allReady < step.floor { belowMinimum += step.to - max(step.from, from) }
        podTime += (step.to - max(step.from, from)).ns / 1_000_000 * Int64(step.counts.allExisting)
      }
    }
    podSeconds = podTime / 1000
  }
}

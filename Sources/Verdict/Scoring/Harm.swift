import ClusterAPI
public import Units
import World

/// What users suffered from the change to the end.
public struct Harm: Hashable, Sendable {
  public var requests: Int64 = 0
  public var failed: Int64 = 0
  /// Answered, but slower than the latency objective; 0 where there is none.
  public var slow: Int64 = 0
  /// For how long ready pods were below the floor that the strategy promises.
  public var belowMinimum = Span.zero
  /// Pod time, of all pods that were not terminating, in seconds.
  public var podSeconds: Int64 = 0

  public init() {}

  /// Failed and slow requests.
  public var total: Int64 { failed + slow }

  public var ratio: Ratio { Ratio(total, of: requests) }

  /// - Parameter latency: what counts as slow.
  public init(_ trace: RunTrace, slowerThan latency: Span?) {
    for load in trace.loads {
      let sum = Tally(sum: load.requests.dropFirst(load.interval(at: trace.changeAt)))
      requests += sum.requests
      failed += sum.failed
      if let latency { slow += sum.slower(than: latency) }
    }
    var podTime: Int64 = 0
    for deployment in trace.judged {
      let floor = MinAvailableHeld.floor(deployment)
      let history = PodHistory(trace, of: ClusterObject.deployment(deployment).key)
      for step in history.spans(from: trace.changeAt, to: trace.end) {
        if step.counts.allReady < floor { belowMinimum += step.to - step.from }
        podTime += (step.to - step.from).ns / 1_000_000 * Int64(step.counts.allExisting)
      }
    }
    podSeconds = podTime / 1000
  }
}

public import Units

/// A client's own request limit (`flowcontrol.NewTokenBucketRateLimiter`): so many per second, with a
/// burst. Requests beyond it wait for their turn in the order in which they came.
public struct TokenBucket: Hashable, Sendable {
  /// Time between two tokens.
  public let interval: Span
  public let burst: Int64
  /// The theoretical arrival time of the next token's use (generic cell rate algorithm).
  private var theoretical = Instant.zero

  /// - Parameters:
  ///   - qps: tokens per second, above 0.
  ///   - burst: tokens that may be saved up, at least 1.
  public init(qps: Int64, burst: Int64) {
    precondition(qps > 0 && burst > 0, "a token bucket needs a rate and a burst")
    interval = Span(ns: 1_000_000_000 / qps)
    self.burst = burst
  }

  /// Takes a token: the moment, not before `now`, at which the request may be sent.
  public mutating func take(_ now: Instant) -> Instant {
    let slack = interval * (burst - 1)
    let start = max(theoretical, now)
    theoretical = start + interval
    return max(now, start - slack)
  }
}

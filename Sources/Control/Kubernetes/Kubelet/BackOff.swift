public import Units

/// A delay that doubles with every failure, of one container or one image.
///
/// Models one entry of `flowcontrol.Backoff`, without jitter. What the kubelet does with it stands
/// in `CrashLoopBackOff` and `ImagePullBackOff`.
public struct BackOff: Hashable, Sendable {
  public struct Limits: Hashable, Sendable {
    public var initial: Span
    public var max: Span
    /// An event later than this after the last update starts anew.
    public var resetAfter: Span

    public init(initial: Span, max: Span, resetAfter: Span) {
      self.initial = initial
      self.max = max
      self.resetAfter = resetAfter
    }
  }

  public private(set) var delay: Span
  public private(set) var lastUpdate: Instant

  /// The state after a first failure.
  public init(limits: Limits, now: Instant) {
    delay = limits.initial
    lastUpdate = now
  }

  /// Whether so much time has passed that the past no longer counts (`hasExpired`), strictly.
  public func isExpired(_ limits: Limits, at event: Instant) -> Bool {
    event - lastUpdate > limits.resetAfter
  }

  /// Notes one more failure, which happened at `event` and is dealt with `now` (`Backoff.Next`).
  public mutating func next(_ limits: Limits, event: Instant, now: Instant) {
    delay = isExpired(limits, at: event) ? limits.initial : min(delay * 2, limits.max)
    lastUpdate = now
  }
}

public import Units

/// When the kubelet pulls an image again after a failed pull (`images.imageManager`).
public struct ImagePullBackOff: Hashable, Sendable {
  /// 10 s, doubled up to 300 s, and forgotten twice the maximum after the last failure.
  public static let limits = BackOff.Limits(
    initial: .seconds(10), max: .seconds(300), resetAfter: .seconds(600))

  /// nil until the first failure.
  public private(set) var entry: BackOff?

  public init() {}

  /// Whether a pull at `now` is held back (`IsInBackOffSinceUpdate`): ImagePullBackOff.
  public func isHeld(_ now: Instant, limits: BackOff.Limits = limits) -> Bool {
    guard let entry, !entry.isExpired(limits, at: now) else { return false }
    return now - entry.lastUpdate < entry.delay
  }

  /// The earliest moment of the next pull; `now` when it is not held back.
  public func nextPull(_ now: Instant, limits: BackOff.Limits = limits) -> Instant {
    guard let entry, isHeld(now, limits: limits) else { return now }
    return entry.lastUpdate + entry.delay
  }

  /// Notes a pull that failed `now`: ErrImagePull.
  public mutating func failed(_ now: Instant, limits: BackOff.Limits = limits) {
    if entry == nil {
      entry = BackOff(limits: limits, now: now)
    } else {
      entry?.next(limits, event: now, now: now)
    }
  }
}

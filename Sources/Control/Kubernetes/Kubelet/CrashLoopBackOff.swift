public import Units

/// When the kubelet restarts a container that ended (`kubelet.doBackOff`, Kubernetes 1.36).
public struct CrashLoopBackOff: Hashable, Sendable {
  /// 10 s, doubled up to 300 s. The reset after 600 s is fixed, not twice the maximum.
  public static let limits = BackOff.Limits(
    initial: .seconds(10), max: .seconds(300), resetAfter: .seconds(600))

  /// nil until the first restart.
  public private(set) var entry: BackOff?

  public init() {}

  /// When the container that ended at `exit` may start again; counted from the exit.
  ///
  /// The first restart is immediate, and so is one after a long enough run.
  public func restart(after exit: Instant, limits: BackOff.Limits = limits) -> Instant {
    guard let entry, !entry.isExpired(limits, at: exit) else { return exit }
    return exit + entry.delay
  }

  /// Notes that the container which ended at `exit` is restarted `now`.
  public mutating func restarted(
    after exit: Instant, now: Instant, limits: BackOff.Limits = limits
  ) {
    if entry == nil {
      entry = BackOff(limits: limits, now: now)
    } else {
      entry?.next(limits, event: exit, now: now)
    }
  }
}

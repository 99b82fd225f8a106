public import Units

/// When the node lifecycle controller sees that a node is lost (`tryUpdateNodeHealth`).
///
/// The controller looks at all nodes every period, from the start of its process. A renewed lease counts
/// from the check that first sees it; a node whose last seen renewal is older than the grace period is
/// Unknown. So a crash is found `gracePeriod` after the check that saw the last renewal: with
/// Kubernetes' defaults 40 to 55 seconds after it.
public struct NodeMonitor: Hashable, Sendable {
  /// `--node-monitor-period`
  public var period: Span
  /// Between two looks at the nodes that wait for their NoExecute taint (`nodeEvictionPeriod`).
  public static let evictionPass = Span.milliseconds(100)

  /// `--node-monitor-grace-period`
  public var gracePeriod: Span

  /// When its process looked for the first time, less than a period after the first instant.
  public var phase: Span

  public init(period: Span, gracePeriod: Span, phase: Span = .zero) {
    precondition(period > .zero, "a node monitor needs a period")
    self.period = period
    self.gracePeriod = gracePeriod
    self.phase = phase
  }

  /// The first check at or after an instant.
  public func check(from instant: Instant) -> Instant {
    let since = max(instant.ns - phase.ns, 0)
    return Instant(ns: (since + period.ns - 1) / period.ns * period.ns + phase.ns)
  }

  /// The first check after an instant.
  public func check(after instant: Instant) -> Instant {
    check(from: Instant(ns: instant.ns + 1))
  }

  /// The check that finds the node lost when no renewal follows this one.
  ///
  /// - Parameter seen: when the controller's informer shows the last renewal.
  public func expiry(lastRenewalSeen seen: Instant) -> Instant {
    check(from: check(from: seen) + gracePeriod)
  }
}

/// A kubelet's renewals of its node lease: every interval, from the first on.
public struct NodeLease: Hashable, Sendable {
  public var first: Instant
  /// A quarter of the lease's duration of 40 s.
  public var interval: Span

  public init(first: Instant, interval: Span) {
    precondition(interval > .zero, "a node lease needs an interval")
    self.first = first
    self.interval = interval
  }

  /// The last renewal at or before an instant; the node's registration stands for one before the first.
  public func lastRenewal(before instant: Instant) -> Instant {
    if instant < first { return max(.zero, first - interval) }
    let periods = (instant - first).ns / interval.ns
    return first + interval * periods
  }
}

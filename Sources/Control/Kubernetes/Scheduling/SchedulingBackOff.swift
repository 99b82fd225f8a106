public import Units

/// How long a pod that did not fit waits before it may be tried again (kube-scheduler's backoffQ).
public enum SchedulingBackOff {
  /// `podInitialBackoffSeconds` and `podMaxBackoffSeconds`.
  public static let initial = Span.seconds(1)
  public static let maximum = Span.seconds(10)
  /// `podMaxInUnschedulablePodsDuration`: after it a pod is tried again whatever has happened.
  public static let unschedulableTimeout = Span.minutes(5)
  /// How often pods beyond that are looked for (`flushUnschedulablePodsLeftover`).
  public static let flushPeriod = Span.seconds(30)

  /// The back-off after so many attempts: 1 s, doubled with each, up to 10 s
  /// (`calculateBackoffDuration`).
  public static func duration(attempts: Int) -> Span {
    precondition(attempts > 0, "back-off of a pod that was never tried")
    var duration = initial
    for _ in 1..<max(attempts, 1) {
      if duration > maximum - duration { return maximum }
      duration += duration
    }
    return duration
  }

  /// When a pod that failed at `failed` leaves the unschedulable ones although nothing happened.
  public static func leftoverFlush(failed: Instant) -> Instant {
    let limit = failed + unschedulableTimeout
    let periods = (limit.ns + flushPeriod.ns) / flushPeriod.ns
    return Instant(ns: periods * flushPeriod.ns)
  }
}

extension SchedulerPlugin {
  /// Something that happened to the cluster and may let a rejected pod fit.
  public enum ClusterChange: Sendable {
    /// A node is new or has other labels, taints or resources.
    case node
    /// A pod was placed on a node.
    case podPlaced
    /// A placed pod is being deleted: it no longer counts for spread.
    case podTerminating
    /// A placed pod is gone: its resources and ports are free.
    case podGone
  }

  /// Whether a pod that this plugin rejected may fit after the change (`EventsToRegister`).
  public func mayFit(after change: ClusterChange) -> Bool {
    switch change {
    case .node: self != .nodeResourcesBalancedAllocation && self != .imageLocality
    case .podPlaced: self == .interPodAffinity || self == .podTopologySpread
    case .podTerminating: self == .podTopologySpread
    case .podGone:
      self == .nodeResourcesFit || self == .nodePorts || self == .interPodAffinity
        || self == .podTopologySpread
    }
  }
}

public import Units

/// The flags `--horizontal-pod-autoscaler-...` of the controller manager, with their defaults.
public struct AutoscalingSettings: Hashable, Sendable {
  /// From the end of one sync to the next; nil: whoever runs the controller says when.
  public var syncPeriod: Span? = .seconds(15)
  /// Where the behavior names none.
  public var tolerance = 0.1
  /// After its start a pod's CPU counts only while it is ready.
  public var cpuInitializationPeriod = Span.minutes(5)
  /// A pod that became unready so soon after its start has never been ready.
  public var initialReadinessDelay = Span.seconds(30)
  /// Where the behavior names none.
  public var downscaleStabilization = Span.minutes(5)

  public init() {}
}

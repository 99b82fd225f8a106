public import ClusterAPI
public import Units

/// The status that one sync builds up.
public struct AutoscalerSync: Sendable {
  public let autoscaler: HorizontalPodAutoscaler
  public internal(set) var status: HorizontalPodAutoscalerStatus
  let settings: AutoscalingSettings
  let now: Instant

  public init(
    autoscaler: HorizontalPodAutoscaler, settings: AutoscalingSettings, now: Instant
  ) {
    self.autoscaler = autoscaler
    status = autoscaler.status
    self.settings = settings
    self.now = now
  }

  mutating func set(
    _ type: HorizontalPodAutoscalerStatus.ConditionType, _ value: Condition.Status,
    _ reason: String, _ message: String
  ) {
    status.set(type, value, reason, message, at: now)
  }

  mutating func fail(
    _ type: HorizontalPodAutoscalerStatus.ConditionType, _ failure: AutoscalingFailure
  ) {
    set(type, .no, failure.reason, failure.words)
  }

  /// `normalizeDesiredReplicas`, or with a behavior `normalizeDesiredReplicasWithBehaviors`: held
  /// steady first, then limited.
  public mutating func limit(
    _ wanted: Int, current: Int, _ history: inout ScalingHistory
  ) -> Int {
    let steady: StabilizedSize
    let limited: LimitedSize
    if let behavior = autoscaler.behavior {
      let scaling = BehavedScaling(
        currentReplicas: current, minReplicas: autoscaler.minimum,
        maxReplicas: autoscaler.maxReplicas, behavior: behavior,
        downscaleStabilization: settings.downscaleStabilization)
      steady = scaling.stabilized(wanted, &history, now: now)
      limited = scaling.limited(steady.replicas, history, now: now)
    } else {
      let scaling = PlainScaling(
        currentReplicas: current, minReplicas: autoscaler.minimum,
        maxReplicas: autoscaler.maxReplicas,
        downscaleStabilization: settings.downscaleStabilization)
      steady = scaling.stabilized(wanted, &history, now: now)
      limited = scaling.limited(steady.replicas)
    }
    if steady.replicas == wanted {
      set(.ableToScale, .yes, "ReadyForNewScale", "the recommended size is not held back")
    } else {
      set(.ableToScale, .yes, steady.reason.rawValue, steady.reason.words)
    }
    set(
      .scalingLimited, limited.replicas == steady.replicas ? .no : .yes, limited.reason.rawValue,
      limited.reason.words)
    return limited.replicas
  }

  /// `setStatus`: what was seen; the desired size is only changed by who knows it.
  mutating func finish(current: Int, metrics: [MetricStatus?]) {
    status.observedGeneration = autoscaler.meta.generation
    status.currentReplicas = current
    status.currentMetrics = metrics
  }
}

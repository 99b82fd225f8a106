public import Units

/// The limits of an autoscaler without a behavior
/// (`normalizeDesiredReplicas`, `convertDesiredReplicasWithRules`).
public struct PlainScaling: Hashable, Sendable {
  public var currentReplicas: Int
  public var minReplicas: Int
  public var maxReplicas: Int
  public var downscaleStabilization: Span

  public init(
    currentReplicas: Int, minReplicas: Int, maxReplicas: Int, downscaleStabilization: Span
  ) {
    self.currentReplicas = currentReplicas
    self.minReplicas = minReplicas
    self.maxReplicas = maxReplicas
    self.downscaleStabilization = downscaleStabilization
  }

  /// `stabilizeRecommendation`: the largest recommendation of the window, which has both its ends.
  public func stabilized(
    _ desired: Int, _ history: inout ScalingHistory, now: Instant
  ) -> StabilizedSize {
    let cutoff = now - downscaleStabilization
    let recent = history.recommendations.filter { $0.at >= cutoff }.map(\.replicas)
    history.record(desired, at: now) { $0.at < cutoff }
    return StabilizedSize(max(desired, recent.max() ?? desired), .scaleDownStabilized)
  }

  /// `calculateScaleUpLimit`
  public var scaleUpLimit: Int { max(2 * currentReplicas, 4) }

  public func limited(_ desired: Int) -> LimitedSize {
    if desired < minReplicas { return LimitedSize(minReplicas, .tooFewReplicas) }
    let isSlow = maxReplicas > scaleUpLimit
    let most = isSlow ? scaleUpLimit : maxReplicas
    if desired > most { return LimitedSize(most, isSlow ? .scaleUpLimit : .tooManyReplicas) }
    return LimitedSize(desired, .desiredWithinRange)
  }
}

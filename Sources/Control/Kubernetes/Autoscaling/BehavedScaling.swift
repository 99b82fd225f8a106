public import ClusterAPI
public import Units

/// The limits of an autoscaler with a behavior
/// (`stabilizeRecommendationWithBehaviors`, `convertDesiredReplicasWithBehaviorRate`).
public struct BehavedScaling: Hashable, Sendable {
  public var currentReplicas: Int
  public var minReplicas: Int
  public var maxReplicas: Int
  public var scaleUp: ScalingRules
  public var scaleDown: ScalingRules

  /// - Parameters:
  ///   - behavior: with its defaults.
  ///   - downscaleStabilization: the window of a scale-down that names none.
  public init(
    currentReplicas: Int, minReplicas: Int, maxReplicas: Int, behavior: ScalingBehavior,
    downscaleStabilization: Span
  ) {
    self.currentReplicas = currentReplicas
    self.minReplicas = minReplicas
    self.maxReplicas = maxReplicas
    scaleUp = behavior.scaleUp ?? ScalingRules()
    scaleDown = behavior.scaleDown ?? ScalingRules()
    // `maybeInitScaleDownStabilizationWindow`
    if scaleDown.stabilizationWindowSeconds == nil {
      scaleDown.stabilizationWindowSeconds = Int(downscaleStabilization.ns / 1_000_000_000)
    }
  }

  /// Leaves the current size only as far as all recommendations of the direction's window agree.
  public func stabilized(
    _ desired: Int, _ history: inout ScalingHistory, now: Instant
  ) -> StabilizedSize {
    let upCutoff = now - scaleUp.window
    let downCutoff = now - scaleDown.window
    var (lowest, highest) = (desired, desired)
    for recommendation in history.recommendations {
      if recommendation.at > upCutoff { lowest = min(lowest, recommendation.replicas) }
      if recommendation.at > downCutoff { highest = max(highest, recommendation.replicas) }
    }
    history.record(desired, at: now) { $0.at < upCutoff && $0.at < downCutoff }
    let size = min(max(currentReplicas, lowest), highest)
    return StabilizedSize(
      size, desired >= currentReplicas ? .scaleUpStabilized : .scaleDownStabilized)
  }

  public func limited(_ desired: Int, _ history: ScalingHistory, now: Instant) -> LimitedSize {
    if desired > currentReplicas {
      let limit = max(currentReplicas, scaleUpLimit(history, now))
      let most = min(maxReplicas, limit)
      if desired > most {
        return LimitedSize(most, maxReplicas > limit ? .scaleUpLimit : .tooManyReplicas)
      }
    } else if desired < currentReplicas {
      let limit = min(currentReplicas, scaleDownLimit(history, now))
      let least = max(minReplicas, limit)
      if desired < least {
        return LimitedSize(least, minReplicas < limit ? .scaleDownLimit : .tooFewReplicas)
      }
    }
    return LimitedSize(desired, .desiredWithinRange)
  }

  /// `calculateScaleUpLimitWithScalingRules`
  private func scaleUpLimit(_ history: ScalingHistory, _ now: Instant) -> Int {
    let sizes = scaleUp.sizes(history, currentReplicas, now) { start, policy in
      if policy.type == "Pods" { return start + policy.value }
      // The growth is rounded once in binary, so that 10 % of 10 are two pods.
      let factor = 1 + Double(policy.value) / 100
      return ReplicaCalculation.roundedUp(Double(start) * factor)
    }
    return sizes.map { scaleUp.takesLeast ? $0.lowerBound : $0.upperBound } ?? currentReplicas
  }

  /// `calculateScaleDownLimitWithBehaviors`
  private func scaleDownLimit(_ history: ScalingHistory, _ now: Instant) -> Int {
    let sizes = scaleDown.sizes(history, currentReplicas, now) { start, policy in
      if policy.type == "Pods" { return start - policy.value }
      return Int(Double(start) * (1 - Double(policy.value) / 100))
    }
    return sizes.map { scaleDown.takesLeast ? $0.upperBound : $0.lowerBound } ?? currentReplicas
  }
}

extension ScalingRules {
  fileprivate var window: Span { .seconds(Int64(stabilizationWindowSeconds ?? 0)) }
  /// Of several policies the one with the smallest change.
  fileprivate var takesLeast: Bool { selectPolicy == "Min" }

  /// The smallest and the largest size that a policy allows; nil: it is not to change.
  fileprivate func sizes(
    _ history: ScalingHistory, _ current: Int, _ now: Instant,
    _ size: (_ start: Int, ScalingPolicy) -> Int
  ) -> ClosedRange<Int>? {
    if selectPolicy == "Disabled" { return nil }
    let sizes = (policies ?? []).map { policy in
      let period = Span.seconds(Int64(policy.periodSeconds))
      return size(history.replicas(before: period, of: now, current: current), policy)
    }
    guard let least = sizes.min(), let most = sizes.max() else { return nil }
    return least...most
  }
}

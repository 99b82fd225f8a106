public import ClusterAPI
import Units

/// The controller of HorizontalPodAutoscalers (`HorizontalController`, Kubernetes 1.36).
///
/// A sync reads the scale of the target and its metrics, writes the scale and then the status.
public struct HorizontalPodAutoscalerController: Controller {
  public struct Input: Sendable {
    public var autoscaler: HorizontalPodAutoscaler
    /// That the target's selector lists.
    public var pods: [AutoscaledPod]
    /// Other autoscalers whose targets select some of the same pods.
    public var rivals: [String]

    public init(
      autoscaler: HorizontalPodAutoscaler, pods: [AutoscaledPod], rivals: [String] = []
    ) {
      self.autoscaler = autoscaler.defaulted
      self.pods = pods
      self.rivals = rivals
    }
  }

  public struct Memory: Sendable {
    public var history = ScalingHistory()
    /// Why the last sync failed; nil: it did not.
    public var failure: AutoscalingFailure?
  }

  public var settings: AutoscalingSettings

  public init(settings: AutoscalingSettings = AutoscalingSettings()) { self.settings = settings }

  public var initial: Memory { Memory() }

  /// `reconcileAutoscaler`; after an error too the next sync comes after the usual time.
  public func reconcile(_ pass: inout Pass<Input, Memory>) throws(Suspended) -> Requeue {
    let autoscaler = pass.input.autoscaler
    pass.memory.failure = nil
    var sync = AutoscalerSync(autoscaler: autoscaler, settings: settings, now: pass.now)
    if case .scale(let scale) = try pass.read(.scale(autoscaler.target)) {
      sync.set(.ableToScale, .yes, "SucceededGetScale", "the scale of the target was read")
      pass.memory.history.begin(with: scale.replicas, at: pass.now)
      try settle(&sync, scale, &pass)
    } else {
      sync.fail(.ableToScale, .scaleUnreadable)
      pass.memory.failure = .scaleUnreadable
    }
    try writeStatus(sync.status, &pass)
    return settings.syncPeriod.map { .after($0) } ?? .never
  }

  /// From a scale that was read to a status that says what came of it.
  private func settle(
    _ sync: inout AutoscalerSync, _ scale: Scale, _ pass: inout Pass<Input, Memory>
  ) throws(Suspended) {
    let autoscaler = sync.autoscaler
    let current = scale.replicas
    var metrics: [MetricStatus?] = []
    let desired: Int
    if current == 0 {
      sync.set(.scalingActive, .no, "ScalingDisabled", "the target is scaled to zero")
      desired = 0
    } else if current > autoscaler.maxReplicas {
      desired = autoscaler.maxReplicas
    } else if current < autoscaler.minimum {
      desired = autoscaler.minimum
    } else {
      let wanted = try measure(&sync, scale, &metrics, &pass)
      guard let wanted else { return sync.finish(current: current, metrics: metrics) }
      desired = sync.limit(wanted, current: current, &pass.memory.history)
    }
    if desired != current {
      if let refusal = try rescale(to: desired, from: scale, &pass) {
        sync.fail(.ableToScale, .scaleUnwritable(refusal))
        pass.memory.failure = .scaleUnwritable(refusal)
        return sync.finish(current: current, metrics: metrics)
      }
      sync.set(.ableToScale, .yes, "SucceededRescale", "the target was scaled to \(desired)")
      if let behavior = autoscaler.behavior {
        pass.memory.history.note(from: current, to: desired, behavior: behavior, at: pass.now)
      }
      sync.status.lastScaleTime = Timestamp(pass.now)
    }
    sync.status.desiredReplicas = desired
    sync.finish(current: current, metrics: metrics)
  }

  /// `computeReplicasForMetrics`: the largest size that a metric asks for; nil: it is not known.
  ///
  /// Where some metrics fail, the others may raise the size but not lower it.
  private func measure(
    _ sync: inout AutoscalerSync, _ scale: Scale, _ statuses: inout [MetricStatus?],
    _ pass: inout Pass<Input, Memory>
  ) throws(Suspended) -> Int? {
    if let failure = AutoscalingFailure(selecting: scale.selector, rivals: pass.input.rivals) {
      sync.fail(.scalingActive, failure)
      pass.memory.failure = failure
      return nil
    }
    let calculation = ReplicaCalculation(
      currentReplicas: scale.replicas, pods: pass.input.pods,
      tolerances: Tolerances(sync.autoscaler.behavior, otherwise: settings.tolerance),
      settings: settings, now: pass.now)
    var size = 0
    var failed: AutoscalingFailure?
    var failedCount = 0
    for metric in sync.autoscaler.metrics {
      let sizing = MetricSizing(metric: metric, namespace: sync.autoscaler.meta.namespace)
      let result = try pass.read(sizing.query(selecting: scale.selector))
      do throws(MetricFailure) {
        let proposal = try sizing.proposal(
          from: result, calculation, statusReplicas: scale.statusReplicas)
        statuses.append(proposal.status)
        size = size == 0 ? proposal.replicas : max(size, proposal.replicas)
      } catch {
        statuses.append(nil)
        failedCount += 1
        failed = failed ?? .metric(reason: sizing.failureReason, error)
      }
    }
    pass.memory.failure = failed
    if let failed, failedCount == statuses.count || size < scale.replicas {
      sync.fail(.scalingActive, failed)
      return nil
    }
    sync.set(.scalingActive, .yes, "ValidMetricFound", "a size was calculated from the metrics")
    return max(0, size)
  }

  /// Writes the scale; a conflict has it read anew, as `retry.RetryOnConflict` does.
  private func rescale(
    to replicas: Int, from scale: Scale, _ pass: inout Pass<Input, Memory>
  ) throws(Suspended) -> Refusal? {
    let target = pass.input.autoscaler.target
    var version = scale.resourceVersion
    var refusal: Refusal?
    for _ in 0..<5 {
      let result = try pass.write(
        .scale(target, replicas: replicas, resourceVersion: version))
      refusal = result.refusal
      guard refusal == .conflict else { break }
      if case .scale(let latest) = try pass.read(.scale(target)) {
        version = latest.resourceVersion
      }
    }
    return refusal
  }

  /// `updateStatusIfNeeded`
  private func writeStatus(
    _ status: HorizontalPodAutoscalerStatus, _ pass: inout Pass<Input, Memory>
  ) throws(Suspended) {
    var autoscaler = pass.input.autoscaler
    if status == autoscaler.status { return }
    autoscaler.status = status
    let result = try pass.write(.replaceStatus(.horizontalPodAutoscaler(autoscaler)))
    if let refusal = result.refusal { pass.memory.failure = .statusUnwritable(refusal) }
  }
}

extension HorizontalPodAutoscaler {
  /// With its default.
  var minimum: Int { minReplicas ?? 1 }
}

import ClusterAPI
import Units

/// The pods of a target by what their metrics are worth (`groupPods`).
///
/// Whoever is being deleted or has failed is in no group; its metric is dropped.
struct PodGroups {
  /// Their metrics count as they are.
  var readyCount = 0
  /// Too young or not ready: their metrics are dropped.
  var unready: [String] = []
  /// Running, without a metric.
  var missing: [String] = []
  /// The metrics of the ready pods, and of pods that the selector does not list any more.
  var metrics: PodMetrics

  /// - Parameter isCPU: readiness is looked at for the CPU alone.
  init(
    _ pods: [AutoscaledPod], metrics: PodMetrics, isCPU: Bool, settings: AutoscalingSettings,
    now: Instant
  ) {
    self.metrics = metrics
    for pod in pods {
      if pod.isDeleting || pod.phase == .failed {
        self.metrics[pod.name] = nil
      } else if pod.phase == .pending {
        unready.append(pod.name)
        self.metrics[pod.name] = nil
      } else if let metric = metrics[pod.name] {
        if isCPU, !PodGroups.isReady(pod, metric, settings, now) {
          unready.append(pod.name)
          self.metrics[pod.name] = nil
        } else {
          readyCount += 1
        }
      } else {
        missing.append(pod.name)
      }
    }
  }

  private static func isReady(
    _ pod: AutoscaledPod, _ metric: PodMetric, _ settings: AutoscalingSettings, _ now: Instant
  ) -> Bool {
    guard let ready = pod.ready, let started = pod.startTime else { return false }
    let transition = pod.readyTransition ?? Instant(ns: .min / 2)
    if started + settings.cpuInitializationPeriod > now {
      return ready != .no && metric.timestamp >= transition + metric.window
    }
    return ready != .no || started + settings.initialReadinessDelay <= transition
  }
}

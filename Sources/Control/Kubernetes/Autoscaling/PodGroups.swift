import ClusterAPI
import Units

/// The pods of a target by what their metrics are worth (`groupPods`).
///
/// Whoever is being deleted or has failed is in no group; its metric is dropped. Pods are told by the
/// numbers of `NumberedPods`.
struct PodGroups {
  /// Their metrics count as they are.
  var readyCount = 0
  /// Too young or not ready: their metrics are dropped.
  var unready: [Int] = []
  /// Running, without a metric.
  var missing: [Int] = []
  /// By number, thousandths: the metrics of the ready pods, and of pods that the selector does not list
  /// any more.
  var values: [Int64?]

  /// - Parameters:
  ///   - numbered: the pods and the metrics.
  ///   - isCPU: readiness is looked at for the CPU alone.
  init(
    _ pods: [AutoscaledPod], metrics: PodMetrics, numbered: NumberedPods, isCPU: Bool,
    settings: AutoscalingSettings, now: Instant
  ) {
    values = Array(repeating: nil, count: numbered.count)
    for (number, entry) in metrics.entries.enumerated() { values[number] = entry.metric.milli }
    for (index, pod) in pods.enumerated() {
      let number = numbered.numbers[index]
      if pod.isDeleting || pod.phase == .failed {
        values[number] = nil
      } else if pod.phase == .pending {
        unready.append(number)
        values[number] = nil
      } else if number < metrics.entries.count {
        if isCPU, !PodGroups.isReady(pod, metrics.entries[number].metric, settings, now) {
          unready.append(number)
          values[number] = nil
        } else {
          readyCount += 1
        }
      } else {
        missing.append(number)
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

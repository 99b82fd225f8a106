import ClusterAPI
import Control
import Units
import World

/// What a workload's strategy promises of its pods, over time.
///
/// The floor of ready pods is `replicas - maxUnavailable` and 0 for `Recreate`, the ceiling of pods
/// that are not terminating `replicas + maxSurge`, both rounded as Kubernetes rounds them
/// (`deploymentutil.ResolveFenceposts`). A StatefulSet replaces one pod at a time, unless its
/// `maxUnavailable` says more; a DaemonSet is to have a pod on each node that it was to be on at the end.
/// A change of `spec.replicas` moves them; pods need their time, so a higher floor holds from when it is
/// first reached, and likewise a lower ceiling.
struct Bounds {
  struct Step {
    var from: Instant
    var to: Instant
    var counts: PodCounts
    var floor: Int
    var ceiling: Int
  }

  /// Ascending in time, from the change to the end; empty when there was never a pod.
  private(set) var steps: [Step] = []

  /// - Parameter workload: as it is stored at the end.
  init(_ trace: RunTrace, of workload: ClusterObject) {
    let key = workload.key
    var scales = trace.scales.filter { $0.key == key }
    if scales.isEmpty, let scale = Bounds.scale(workload) { scales = [scale] }
    guard !scales.isEmpty else { return }
    // What comes with the change has no pods yet.
    let isNew = scales[0].at > .zero && scales[0].at >= trace.changeAt
    var (floor, ceiling, next) = (isNew ? 0 : Int.max, 0, 0)
    for span in PodHistory(trace, of: key).spans(from: .zero, to: trace.end) {
      var begin = span.from
      while begin < span.to {
        while next < scales.count, scales[next].at <= begin { next += 1 }
        let end = next < scales.count ? min(span.to, max(scales[next].at, begin)) : span.to
        let (lowest, highest) = Bounds.promised(scales[max(0, next - 1)])
        if lowest <= floor || span.counts.allReady >= lowest { floor = lowest }
        if highest >= ceiling || span.counts.allExisting <= highest { ceiling = highest }
        if end > trace.changeAt {
          steps.append(
            Step(
              from: max(begin, trace.changeAt), to: end, counts: span.counts, floor: floor,
              ceiling: ceiling))
        }
        begin = end
      }
    }
  }

  private static func scale(_ workload: ClusterObject) -> WorkloadScale? {
    guard case .daemonSet(let set) = workload else { return WorkloadScale(workload, at: .zero) }
    var strategy = DeploymentStrategy()
    (strategy.maxSurge, strategy.maxUnavailable) = (set.maxSurge, set.maxUnavailable)
    return WorkloadScale(
      at: .zero, key: workload.key, replicas: set.status.desiredNumberScheduled,
      strategy: strategy)
  }

  private static func promised(_ scale: WorkloadScale) -> (floor: Int, ceiling: Int) {
    guard scale.strategy.kind == .rollingUpdate else { return (0, scale.replicas) }
    let posts = try? Fenceposts(
      maxSurge: scale.strategy.maxSurge, maxUnavailable: scale.strategy.maxUnavailable,
      replicas: scale.replicas)
    return (
      max(0, scale.replicas - (posts?.unavailable ?? 0)), scale.replicas + (posts?.surge ?? 0)
    )
  }
}

import ClusterAPI
import Control
import Units
import World

/// What a Deployment's strategy promises of its pods, over time.
///
/// The floor of ready pods is `replicas - maxUnavailable` and 0 for `Recreate`, the ceiling of pods
/// that are not terminating `replicas + maxSurge`, both rounded as Kubernetes rounds them
/// (`deploymentutil.ResolveFenceposts`). A change of `spec.replicas` moves them; pods need their
/// time, so a higher floor holds from when it is first reached, and likewise a lower ceiling.
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

  init(_ trace: RunTrace, of deployment: Deployment) {
    let key = ClusterObject.deployment(deployment).key
    var scales = trace.scales.filter { $0.key == key }
    if scales.isEmpty {
      scales = [
        DeploymentScale(
          at: .zero, key: key, replicas: deployment.spec.replicas,
          strategy: deployment.spec.strategy)
      ]
    }
    var (floor, ceiling, next) = (Int.max, 0, 0)
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

  private static func promised(_ scale: DeploymentScale) -> (floor: Int, ceiling: Int) {
    guard scale.strategy.kind == .rollingUpdate else { return (0, scale.replicas) }
    let posts = try? Fenceposts(
      maxSurge: scale.strategy.maxSurge, maxUnavailable: scale.strategy.maxUnavailable,
      replicas: scale.replicas)
    return (
      max(0, scale.replicas - (posts?.unavailable ?? 0)), scale.replicas + (posts?.surge ?? 0)
    )
  }
}

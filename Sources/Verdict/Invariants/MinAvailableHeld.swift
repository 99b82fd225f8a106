import ClusterAPI
import Control
import Units

/// Ready pods never fall below what the Deployment's strategy promises.
///
/// The floor is `replicas − maxUnavailable`, rounded as Kubernetes rounds it
/// (`deploymentutil.ResolveFenceposts`); 0 for `Recreate`.
public enum MinAvailableHeld: Invariant {
  public static let name = "MinAvailableHeld"
  public static let documentation =
    "ready pods never fall below `replicas - maxUnavailable` of the Deployment"

  /// The least number of ready pods.
  static func floor(_ deployment: Deployment) -> Int {
    if deployment.spec.strategy.kind == .recreate { return 0 }
    return max(0, deployment.spec.replicas - (fenceposts(deployment)?.unavailable ?? 0))
  }

  public static func check(_ trace: RunTrace) -> Finding {
    guard !trace.judged.isEmpty else { return Finding(name, .inconclusive, "no Deployment") }
    var worst: (at: Instant, ready: Int, floor: Int, key: ObjectKey)?
    var lows: [String] = []
    for deployment in trace.judged {
      let key = ClusterObject.deployment(deployment).key
      let floor = floor(deployment)
      var low = Int.max
      for step in PodHistory(trace, of: key).spans(from: trace.changeAt, to: trace.end) {
        let ready = step.counts.allReady
        low = min(low, ready)
        if ready < floor, worst == nil { worst = (step.from, ready, floor, key) }
      }
      guard low < Int.max else {
        return Finding(name, .inconclusive, "\(key.description) never had a pod")
      }
      lows.append("\(key.description): at least \(low) ready, floor \(floor)")
    }
    let detail = lows.joined(separator: "; ")
    guard let worst else { return Finding(name, .met, detail) }
    return Finding(name, .broken, at: worst.at, detail)
  }
}

/// How far the strategy lets a Deployment go; nil where its bounds are no numbers.
func fenceposts(_ deployment: Deployment) -> Fenceposts? {
  try? Fenceposts(
    maxSurge: deployment.spec.strategy.maxSurge,
    maxUnavailable: deployment.spec.strategy.maxUnavailable, replicas: deployment.spec.replicas)
}

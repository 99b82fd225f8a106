import ClusterAPI
import Control
import Units

/// A Deployment never has more pods than `replicas + maxSurge`; terminating ones do not count.
public enum SurgeBound: Invariant {
  public static let name = "SurgeBound"
  public static let documentation =
    "pods that are not terminating never exceed `replicas + maxSurge` of the Deployment"

  public static func check(_ trace: RunTrace) -> Finding {
    guard !trace.judged.isEmpty else { return Finding(name, .inconclusive, "no Deployment") }
    var broken: Instant?
    var highs: [String] = []
    for deployment in trace.judged {
      let key = ClusterObject.deployment(deployment).key
      var bound = deployment.spec.replicas
      if deployment.spec.strategy.kind == .rollingUpdate {
        bound += fenceposts(deployment)?.surge ?? 0
      }
      var high = -1
      for step in PodHistory(trace, of: key).spans(from: trace.changeAt, to: trace.end) {
        high = max(high, step.counts.allExisting)
        if step.counts.allExisting > bound { broken = min(broken ?? step.from, step.from) }
      }
      guard high >= 0 else {
        return Finding(name, .inconclusive, "\(key.description) never had a pod")
      }
      highs.append("\(key.description): at most \(high) pods, bound \(bound)")
    }
    return Finding(
      name, broken == nil ? .met : .broken, at: broken, highs.joined(separator: "; "))
  }
}

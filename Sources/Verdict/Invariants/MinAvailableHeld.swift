import ClusterAPI
import Units

/// Ready pods never fall below what the workload's strategy promises (`Bounds`).
public enum MinAvailableHeld: Invariant {
  public static let name = "MinAvailableHeld"
  public static let documentation =
    "ready pods never fall below `replicas - maxUnavailable` of the workload"

  public static func check(_ trace: RunTrace) -> Finding {
    guard !trace.judged.isEmpty else { return Finding(name, .inconclusive, "no workload") }
    var broken: Instant?
    var lows: [String] = []
    for workload in trace.judged {
      let key = workload.key
      // The step that comes nearest to the floor, or falls farthest below it.
      var low: Bounds.Step?
      for step in Bounds(trace, of: workload).steps {
        let margin = step.counts.allReady - step.floor
        if margin < 0 { broken = min(broken ?? step.from, step.from) }
        if margin < low.map({ $0.counts.allReady - $0.floor }) ?? .max { low = step }
      }
      guard let low else {
        return Finding(name, .inconclusive, "\(key.description) never had a pod")
      }
      lows.append(
        "\(key.description): at least \(low.counts.allReady) ready, floor \(low.floor)")
    }
    return Finding(
      name, broken == nil ? .met : .broken, at: broken, lows.joined(separator: "; "))
  }
}

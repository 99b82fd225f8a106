import ClusterAPI
import Units

/// A workload never has more pods than `replicas + maxSurge` (`Bounds`); terminating ones do not
/// count.
public enum SurgeBound: Invariant {
  public static let name = "SurgeBound"
  public static let documentation =
    "pods that are not terminating never exceed `replicas + maxSurge` of the workload"

  public static func check(_ trace: RunTrace) -> Finding {
    guard !trace.judged.isEmpty else { return Finding(name, .inconclusive, "no workload") }
    var broken: Instant?
    var highs: [String] = []
    for workload in trace.judged {
      let key = workload.key
      var high: Bounds.Step?
      for step in Bounds(trace, of: workload).steps {
        let margin = step.ceiling - step.counts.allExisting
        if margin < 0 { broken = min(broken ?? step.from, step.from) }
        if margin < high.map({ $0.ceiling - $0.counts.allExisting }) ?? .max { high = step }
      }
      guard let high else {
        return Finding(name, .inconclusive, "\(key.description) never had a pod")
      }
      highs.append(
        "\(key.description): at most \(high.counts.allExisting) pods, bound \(high.ceiling)")
    }
    return Finding(
      name, broken == nil ? .met : .broken, at: broken, highs.joined(separator: "; "))
  }
}

import ClusterAPI
import Units
import World

/// No attempt reaches a pod whose process does not listen, or dies under it.
public enum OnlyServingPodsGetTraffic: Invariant {
  public static let name = "OnlyServingPodsGetTraffic"
  public static let documentation =
    "no attempt, retried ones included, reaches a pod that does not serve: refused or reset"

  public static func check(_ trace: RunTrace) -> Finding {
    var (attempts, wrong): (Int64, Int64) = (0, 0)
    var first: (at: Instant, set: Int)?
    for load in trace.loads {
      for (set, tallies) in load.attempts {
        for index in tallies.indices.dropFirst(load.interval(at: trace.changeAt)) {
          attempts += tallies[index].requests
          let here = tallies[index].refused + tallies[index].reset
          guard here > 0 else { continue }
          wrong += here
          let at = load.begin(index)
          if first == nil || at < first?.at ?? at { first = (at, set) }
        }
      }
    }
    guard attempts > 0 else { return Finding(name, .inconclusive, "no attempt at any pod") }
    guard let first else {
      return Finding(name, .met, "\(Figures.count(attempts, "attempt")), all at serving pods")
    }
    return Finding(
      name, .broken, at: first.at,
      "\(Figures.count(wrong)) of \(Figures.count(attempts, "attempt")) at pods that did not serve, first of "
        + trace.replicaSets[first.set].name)
  }
}

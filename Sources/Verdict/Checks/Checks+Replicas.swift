import ClusterAPI
import Units
import World

extension Checks {
  /// The largest and the smallest size that a Deployment was told to have.
  static func replicas(_ expected: Expectation.Replicas, _ trace: RunTrace) -> Finding {
    let scales = trace.scales.filter { $0.key == expected.deployment }
    let name = expected.deployment.description
    guard let before = scales.last(where: { $0.at <= trace.changeAt }) ?? scales.first else {
      return Finding("replicas", .inconclusive, "\(name) does not exist")
    }
    var (most, least) = (before, before)
    for scale in scales where scale.at > trace.changeAt {
      if scale.replicas > most.replicas { most = scale }
      if scale.replicas < least.replicas { least = scale }
    }
    let detail = "\(name) from \(least.replicas) to \(Figures.count(most.replicas, "replica"))"
    if let wanted = expected.most, wanted != most.replicas {
      return Finding(
        "replicas", .broken, at: most.at, "\(detail), \(wanted) expected as the most")
    }
    if let wanted = expected.least, wanted != least.replicas {
      return Finding(
        "replicas", .broken, at: least.at, "\(detail), \(wanted) expected as the least")
    }
    return Finding("replicas", .met, detail)
  }
}

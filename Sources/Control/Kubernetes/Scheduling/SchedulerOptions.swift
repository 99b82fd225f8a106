/// The settings of a scheduler profile; the defaults are Kubernetes'.
public struct SchedulerOptions: Sendable {
  /// How many of the nodes are searched before the best is taken, in per cent; 0: by cluster size.
  public var percentageOfNodesToScore = 0
  public var scoringStrategy = ScoringStrategy()
  public var balancedResources = [ResourceWeight(name: "cpu"), ResourceWeight(name: "memory")]
  /// What a required affinity term of a placed pod adds to the score of nodes near it.
  public var hardPodAffinityWeight: Int64 = 1

  public init() {}

  /// The number of feasible nodes after which the search stops (`numFeasibleNodesToFind`).
  public func feasibleNodesWanted(of nodeCount: Int) -> Int {
    if nodeCount < 100 { return nodeCount }
    var percentage = percentageOfNodesToScore
    if percentage == 0 { percentage = max(5, 50 - nodeCount / 125) }
    return max(100, nodeCount * percentage / 100)
  }
}

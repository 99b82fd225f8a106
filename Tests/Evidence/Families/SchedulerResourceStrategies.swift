import ClusterAPI
import Control

/// `NodeResourcesFit` with other scoring strategies, and balanced allocation over more resources.
enum SchedulerResourceStrategies: Family {
  static let name = "scheduler_resource_strategies"

  static func answer(to input: JSON) throws -> JSON {
    var options = SchedulerOptions()
    let strategy = try input.require("scoringStrategy")
    options.scoringStrategy = ScoringStrategy(
      kind: try kind(strategy), resources: try strategy.elements("resources").map(weight))
    options.balancedResources = try input.elements("balancedResources").map(weight)
    var scene = try SchedulerJSON.scene(input, options: options)
    return SchedulerJSON.json(
      scene.cache.explain(scene.incoming), names: scene.nodeNames,
      plugins: [.nodeResourcesFit, .nodeResourcesBalancedAllocation])
  }

  private static func weight(_ json: JSON) throws -> ResourceWeight {
    ResourceWeight(name: try json.string("name"), weight: try json.int("weight"))
  }

  private static func kind(_ json: JSON) throws -> ScoringStrategy.Kind {
    switch try json.string("type") {
    case "LeastAllocated": return .leastAllocated
    case "MostAllocated": return .mostAllocated
    case "RequestedToCapacityRatio":
      return .requestedToCapacityRatio(
        try json.elements("shape").map { point in
          guard let pair = point.array, pair.count == 2, let utilization = pair[0].int,
            let score = pair[1].int
          else { throw EvidenceError("a shape point is no pair of integers: \(point)") }
          return .init(utilization: utilization, score: score)
        })
    case let other: throw EvidenceError("unknown scoring strategy \(other)")
    }
  }
}

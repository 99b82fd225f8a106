import ClusterAPI
import Control
import Units

/// `normalizeDesiredReplicasWithBehaviors` and its two halves.
enum HPABehaviorNormalize: Family {
  static let name = "hpa_behavior_normalize"

  static func answer(to input: JSON) throws -> JSON {
    let behavior = try AutoscalerJSON.behavior(try input.require("behavior"))
    let scaling = BehavedScaling(
      currentReplicas: Int(try input.int("currentReplicas")),
      minReplicas: Int(try input.int("minReplicas")),
      maxReplicas: Int(try input.int("maxReplicas")), behavior: behavior,
      downscaleStabilization: .seconds(try input.int("downscaleStabilizationSeconds")))
    let desired = Int(try input.int("metricDesiredReplicas"))
    var sync = try SyncedSize(input, behavior: behavior)
    let limited = scaling.limited(desired, sync.history, now: ScalingHistoryJSON.now)
    var steady = sync.history
    let stabilized = scaling.stabilized(desired, &steady, now: ScalingHistoryJSON.now)
    let size = sync.limit(desired)
    return [
      "desiredReplicas": .int(Int64(size)), "conditions": sync.conditions,
      "recommendationsAfter": ScalingHistoryJSON.json(sync.history.recommendations),
      "stabilizeOnly": ScalingHistoryJSON.json(stabilized),
      "rateLimitOnly": ScalingHistoryJSON.json(limited),
    ]
  }
}

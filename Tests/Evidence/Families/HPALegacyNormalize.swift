import ClusterAPI
import Control
import Units

/// `normalizeDesiredReplicas`, `convertDesiredReplicasWithRules`, `calculateScaleUpLimit`.
enum HPALegacyNormalize: Family {
  static let name = "hpa_legacy_normalize"

  static func answer(to input: JSON) throws -> JSON {
    let scaling = PlainScaling(
      currentReplicas: Int(try input.int("currentReplicas")),
      minReplicas: Int(try input.int("minReplicas")),
      maxReplicas: Int(try input.int("maxReplicas")),
      downscaleStabilization: .seconds(try input.int("downscaleStabilizationSeconds")))
    let desired = Int(try input.int("metricDesiredReplicas"))
    var sync = try SyncedSize(input, behavior: nil)
    let size = sync.limit(desired)
    return [
      "desiredReplicas": .int(Int64(size)), "conditions": sync.conditions,
      "recommendationsAfter": ScalingHistoryJSON.json(sync.history.recommendations),
      "limitsOnly": ScalingHistoryJSON.json(scaling.limited(desired)),
      "scaleUpLimit": .int(Int64(scaling.scaleUpLimit)),
    ]
  }
}

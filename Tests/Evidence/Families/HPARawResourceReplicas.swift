import Control

/// `ReplicaCalculator.GetRawResourceReplicas`.
enum HPARawResourceReplicas: Family {
  static let name = "hpa_raw_resource_replicas"

  static func answer(to input: JSON) throws -> JSON {
    let given = try ReplicaCalculationJSON(input)
    let isCPU = try input.string("resource") == "cpu"
    let target = try input.int("targetAverageValueMilli")
    return ReplicaCalculationJSON.json {
      try given.calculation.replicas(given.metrics, isCPU: isCPU, averageMilli: target)
    }
  }
}

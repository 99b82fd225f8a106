import Control

/// `ReplicaCalculator.GetMetricReplicas`.
enum HPAPodsMetricReplicas: Family {
  static let name = "hpa_pods_metric_replicas"

  static func answer(to input: JSON) throws -> JSON {
    let given = try ReplicaCalculationJSON(input)
    let target = try input.int("targetAverageValueMilli")
    return ReplicaCalculationJSON.json {
      try given.calculation.replicas(given.metrics, isCPU: false, averageMilli: target)
    }
  }
}

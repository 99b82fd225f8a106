import Control

/// `ReplicaCalculator.GetObjectMetricReplicas` and `GetObjectPerPodMetricReplicas`.
enum HPAObjectMetricReplicas: Family {
  static let name = "hpa_object_metric_replicas"

  static func answer(to input: JSON) throws -> JSON {
    try answer(to: input, values: [try input.int("metricValueMilli")])
  }

  static func answer(to input: JSON, values: [Int64]) throws -> JSON {
    let given = try ReplicaCalculationJSON(input)
    let target = try input.require("target")
    let milli = try target.int("milli")
    let isAverage = try target.string("type") == "AverageValue"
    return ReplicaCalculationJSON.json(
      {
        isAverage
          ? given.calculation.replicas(
            total: values, averageMilli: milli, statusReplicas: given.calculation.currentReplicas)
          : try given.calculation.replicas(total: values, valueMilli: milli)
      }, usage: "usageMilli")
  }
}

import Control

/// `ReplicaCalculator.GetExternalMetricReplicas` and `GetExternalPerPodMetricReplicas`.
enum HPAExternalMetricReplicas: Family {
  static let name = "hpa_external_metric_replicas"

  static func answer(to input: JSON) throws -> JSON {
    let values = try input.elements("metricValuesMilli").map { value in
      guard let milli = value.int else { throw EvidenceError("no value: \(value)") }
      return milli
    }
    return try HPAObjectMetricReplicas.answer(to: input, values: values)
  }
}

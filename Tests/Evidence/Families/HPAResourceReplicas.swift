import Control

/// `ReplicaCalculator.GetResourceReplicas`.
enum HPAResourceReplicas: Family {
  static let name = "hpa_resource_replicas"

  static func answer(to input: JSON) throws -> JSON {
    let given = try ReplicaCalculationJSON(input)
    let resource = try input.string("resource")
    let container = try input.string("container")
    let target = Int(try input.int("targetUtilization"))
    return ReplicaCalculationJSON.json {
      try given.calculation.replicas(
        given.metrics, of: resource, container: container.isEmpty ? nil : container,
        utilization: target)
    }
  }
}

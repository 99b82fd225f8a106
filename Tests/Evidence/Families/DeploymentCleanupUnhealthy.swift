import Control

/// `DeploymentController.cleanupUnhealthyReplicas`.
enum DeploymentCleanupUnhealthy: Family {
  static let name = "deployment_cleanup_unhealthy"

  static func answer(to input: JSON) throws -> JSON {
    let sets = try DeploymentJSON.replicaSets(input)
    let (sizes, cleaned) = RollingUpdate.cleanUpUnhealthy(
      sets, limit: Int(try input.int("maxCleanupCount")))
    return [
      "cleaned": .int(Int64(cleaned)),
      "replicas": DeploymentJSON.sizes(sets, after: sizes.writes),
    ]
  }
}

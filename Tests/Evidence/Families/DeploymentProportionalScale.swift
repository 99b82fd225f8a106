import Control

/// `DeploymentController.scale`.
enum DeploymentProportionalScale: Family {
  static let name = "deployment_proportional_scale"

  static func answer(to input: JSON) throws -> JSON {
    let deployment = try input.require("deployment")
    let rolling = try DeploymentJSON.rolling(deployment)
    let sets = try DeploymentJSON.replicaSets(input)
    let scale = ProportionalScale(
      rolling: rolling, statusReplicas: Int(try deployment.int("statusReplicas")), sets: sets)
    let sizes = scale.sizes()
    var desired: [String: JSON] = [:]
    var most: [String: JSON] = [:]
    for set in sets {
      desired[set.name] = set.desiredAnnotation.map { .string($0) }
      most[set.name] = set.maxAnnotation.map { .string($0) }
    }
    for (index, _) in sizes {
      desired[sets[index].name] = .string(String(rolling.replicas))
      most[sets[index].name] = .string(String(rolling.replicas + rolling.maxSurge))
    }
    return [
      "replicas": DeploymentJSON.sizes(
        sets, after: sizes.map { .init(index: $0.index, size: $0.size) }),
      "desiredReplicasAnnotation": .object(desired), "maxReplicasAnnotation": .object(most),
    ]
  }
}

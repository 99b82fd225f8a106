import Control
import Units

/// `deploymentutil.GetReplicaSetProportion`.
enum DeploymentRSProportion: Family {
  static let name = "deployment_rs_proportion"

  static func answer(to input: JSON) throws -> JSON {
    let deployment = try input.require("deployment")
    let set = ReplicaSetView(
      name: "", isNew: false, created: Timestamp(seconds: 0),
      specReplicas: Int(try input.int("replicaSetReplicas")), statusReplicas: 0, readyReplicas: 0,
      availableReplicas: 0, maxAnnotation: input["maxReplicasAnnotation"]?.string)
    let scale = ProportionalScale(
      rolling: try DeploymentJSON.rolling(deployment),
      statusReplicas: Int(try deployment.int("statusReplicas")), sets: [set])
    let proportion = scale.proportion(
      set, toAdd: Int(try input.int("replicasToAdd")),
      added: Int(try input.int("replicasAlreadyAdded")))
    return ["proportion": .int(Int64(proportion))]
  }
}

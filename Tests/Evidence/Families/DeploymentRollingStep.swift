import ClusterAPI
import Control

/// `NewRSNewReplicas`, `reconcileNewReplicaSet`, `reconcileOldReplicaSets` and `rolloutRolling`.
enum DeploymentRollingStep: Family {
  static let name = "deployment_rolling_step"

  static func answer(to input: JSON) throws -> JSON {
    let rolling = try DeploymentJSON.rolling(try input.require("deployment"))
    let sets = try DeploymentJSON.replicaSets(input)
    guard let new = sets.firstIndex(where: \.isNew) else {
      throw EvidenceError("no new ReplicaSet")
    }
    let wanted = rolling.newSize(sets, current: sets[new].specReplicas)
    var answer: [String: JSON] = ["newRSNewReplicas": .int(Int64(wanted))]
    if rolling.strategy.kind == .recreate { return .object(answer) }

    var resized = sets
    let newSize = rolling.reconcileNew(sets)
    if let newSize { resized[new].specReplicas = newSize }
    let newSizes = DeploymentJSON.sizes(resized)
    answer["reconcileNew"] = ["scaled": .bool(newSize != nil), "replicas": newSizes]
    let old = rolling.reconcileOld(sets)
    let oldSizes = DeploymentJSON.sizes(sets, after: old.writes)
    answer["reconcileOld"] = ["scaled": .bool(old.isScaled), "replicas": oldSizes]
    answer["sync"] = newSize != nil ? newSizes : oldSizes
    return .object(answer)
  }
}

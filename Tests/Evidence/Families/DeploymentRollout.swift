import ClusterAPI
import Control
import Units
import World

/// `DeploymentController.syncDeployment`: the whole controller, one sync per step.
enum DeploymentRollout: Family {
  static let name = "deployment_rollout"

  static func answer(to input: JSON) throws -> JSON {
    var cluster = try SyncedDeployment(try input.require("deployment"))
    return ["steps": .array(try input.elements("steps").map { try cluster.sync($0) })]
  }

  /// The order of the ReplicaSets does not matter.
  static func differences(input: JSON, expected: JSON, actual: JSON) throws -> [Difference] {
    Difference.between(try sorted(expected), try sorted(actual))
  }

  private static func sorted(_ answer: JSON) throws -> JSON {
    let steps = try answer.elements("steps").map { step -> JSON in
      var members = step.object ?? [:]
      members["replicaSets"] = .array(
        try step.elements("replicaSets").sorted { $0.description < $1.description })
      return .object(members)
    }
    return ["steps": .array(steps)]
  }
}

import ClusterAPI
import Control
import Units

/// `HorizontalController.reconcileKey`: the whole controller, one sync per step.
enum HPATrajectory: Family {
  static let name = "hpa_trajectory"

  static func answer(to input: JSON) throws -> JSON {
    var cluster = try SyncedAutoscaler(input)
    return ["steps": .array(try input.elements("steps").map { try cluster.sync($0) })]
  }

  /// Conditions are recorded where they change. The status keeps whole seconds; what recorded the
  /// cases kept their fractions.
  static func differences(input: JSON, expected: JSON, actual: JSON) throws -> [Difference] {
    var conditions = JSON.object([:])
    let steps = try expected.elements("steps").map { step -> JSON in
      var members = step.object ?? [:]
      conditions = step["conditions"] ?? conditions
      members["conditions"] = conditions
      members["lastScaleTime"] = step["lastScaleTime"]?.number.map {
        .int(Int64($0.rounded(.down)))
      }
      return .object(members)
    }
    return Difference.between(["steps": .array(steps)], actual)
  }
}

import ClusterAPI
import Control

/// `deploymentutil.ResolveFenceposts`, `MaxSurge`, `MaxUnavailable` and `MinAvailable`.
enum DeploymentFenceposts: Family {
  static let name = "deployment_fenceposts"

  static func answer(to input: JSON) throws -> JSON {
    let surge = try input["maxSurge"].map(IntstrScale.intOrString)
    let unavailable = try input["maxUnavailable"].map(IntstrScale.intOrString)
    let fenceposts: Fenceposts
    do {
      fenceposts = try Fenceposts(
        maxSurge: surge, maxUnavailable: unavailable, replicas: Int(try input.int("replicas")))
    } catch let error as IntOrString.ScaleError {
      return ["error": .string("\(error)")]
    }
    var answer: [String: JSON] = [
      "surge": .int(Int64(fenceposts.surge)), "unavailable": .int(Int64(fenceposts.unavailable)),
    ]
    if surge != nil, unavailable != nil {
      let rolling = try DeploymentJSON.rolling(input)
      answer["deploymentMaxSurge"] = .int(Int64(rolling.maxSurge))
      answer["deploymentMaxUnavailable"] = .int(Int64(rolling.maxUnavailable))
      answer["deploymentMinAvailable"] = .int(Int64(rolling.minAvailable))
    }
    return .object(answer)
  }
}

import ClusterAPI
import Control
import Units

/// The disruption controller: expected and healthy pods, allowed disruptions.
enum PDBStatus: Family {
  static let name = "pdb_status"

  static func answer(to input: JSON) throws -> JSON {
    do {
      return try status(input)
    } catch let error as IntOrString.ScaleError {
      return ["error": .string("\(error)")]
    }
  }

  private static func status(_ input: JSON) throws -> JSON {
    let sets = try input.elements("replicaSets")
    let setNames = try sets.map { try $0.string("name") }
    let pods = try input.elements("pods")
    let now = Instant.zero + .hours(1)
    let status = try DisruptionBudget.status(
      minAvailable: input["minAvailable"].map(IntstrScale.intOrString),
      maxUnavailable: input["maxUnavailable"].map(IntstrScale.intOrString),
      pods: pods.map { pod in
        DisruptionBudget.Pod(
          isReady: try pod.bool("ready"), isDeleting: try pod.bool("deleting"),
          replicaSet: pod["replicaSet"]?.string.flatMap(setNames.firstIndex),
          evictionRequestedAt: pod["evictionRequestedAgeSeconds"]?.int.map { now - .seconds($0) })
      },
      replicaSetSizes: sets.map { try $0.int("replicas") }, now: now)
    return [
      "expectedPods": .int(status.expectedPods), "desiredHealthy": .int(status.desiredHealthy),
      "currentHealthy": .int(status.currentHealthy),
      "disruptionsAllowed": .int(status.disruptionsAllowed),
      "disruptedPods": .array(
        try status.disruptedPods.map { .string(try pods[$0].string("name")) }),
    ]
  }

  /// The disrupted pods are a set.
  static func differences(input: JSON, expected: JSON, actual: JSON) throws -> [Difference] {
    if expected["error"] != nil || actual["error"] != nil {
      return Difference.between(expected, actual)
    }
    var sorted = actual.object ?? [:]
    sorted["disruptedPods"] = .array(
      (try actual.strings("disruptedPods")).sorted().map { .string($0) })
    var wanted = expected.object ?? [:]
    wanted["disruptedPods"] = .array(
      (try expected.strings("disruptedPods")).sorted().map { .string($0) })
    return Difference.between(.object(wanted), .object(sorted))
  }
}

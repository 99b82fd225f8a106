import ClusterAPI
import Control
import Units

/// Reads what the Deployment families have in common.
enum DeploymentJSON {
  /// The moment from which ages count back.
  static let now = Instant.zero + .hours(24 * 365)

  private static let failure = Condition(
    type: "ReplicaFailure", status: .yes, reason: "FailedCreate", lastUpdateTime: Timestamp(now),
    lastTransitionTime: Timestamp(now))

  static func rolling(_ deployment: JSON) throws -> RollingUpdate {
    guard
      let kind = DeploymentStrategy.Kind(
        rawValue: deployment["strategy"]?.string ?? "RollingUpdate")
    else { throw EvidenceError("unknown strategy") }
    return RollingUpdate(
      replicas: Int(try deployment.int("replicas")),
      strategy: DeploymentStrategy(
        kind: kind, maxSurge: try deployment["maxSurge"].map(IntstrScale.intOrString) ?? .int(0),
        maxUnavailable: try deployment["maxUnavailable"].map(IntstrScale.intOrString) ?? .int(0)))
  }

  /// nil: none, which is also written as 2147483647.
  static func progressDeadline(_ deployment: JSON) -> Int? {
    guard let seconds = deployment["progressDeadlineSeconds"]?.int, seconds != 2_147_483_647 else {
      return nil
    }
    return Int(seconds)
  }

  static func replicaSets(_ input: JSON) throws -> [ReplicaSetView] {
    try input.elements("replicaSets").map { set in
      let isFailing = set["replicaFailure"]?.bool == true
      return ReplicaSetView(
        name: try set.string("name"), isNew: try set.bool("isNew"),
        created: Timestamp(now - .seconds(try set.int("ageSeconds"))),
        specReplicas: Int(try set.int("specReplicas")),
        statusReplicas: Int(try set.int("statusReplicas")),
        readyReplicas: Int(try set.int("readyReplicas")),
        availableReplicas: Int(try set.int("availableReplicas")),
        desiredAnnotation: set["desiredReplicasAnnotation"]?.string,
        maxAnnotation: set["maxReplicasAnnotation"]?.string,
        replicaFailure: isFailing ? failure : nil)
    }
  }

  /// The sizes by name, after the given writes.
  static func sizes(
    _ sets: [ReplicaSetView], after writes: [RollingUpdate.OldSizes.Write] = []
  ) -> JSON {
    var sizes: [String: JSON] = [:]
    for set in sets { sizes[set.name] = .int(Int64(set.specReplicas)) }
    for write in writes { sizes[sets[write.index].name] = .int(Int64(write.size)) }
    return .object(sizes)
  }
}

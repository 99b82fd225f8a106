import ClusterAPI
import Control
import Units

/// Reads and writes the status of a Deployment, with ages instead of times.
enum DeploymentStatusJSON {
  static func status(_ json: JSON, now: Instant) throws -> DeploymentStatus {
    var status = DeploymentStatus()
    status.observedGeneration = try json.int("observedGeneration")
    status.replicas = Int(try json.int("replicas"))
    status.updatedReplicas = Int(try json.int("updatedReplicas"))
    status.readyReplicas = Int(try json.int("readyReplicas"))
    status.availableReplicas = Int(try json.int("availableReplicas"))
    status.unavailableReplicas = Int(try json.int("unavailableReplicas"))
    status.conditions = try json.elements("conditions").map { condition in
      guard let value = Condition.Status(rawValue: try condition.string("status")) else {
        throw EvidenceError("unknown status of a condition: \(condition)")
      }
      return Condition(
        type: try condition.string("type"), status: value, reason: try condition.string("reason"),
        lastUpdateTime: Timestamp(now - .seconds(try condition.int("lastUpdateAgeSeconds"))),
        lastTransitionTime: Timestamp(now - .seconds(try condition.int("lastTransitionAgeSeconds")))
      )
    }
    return status
  }

  static func json(_ status: DeploymentStatus, now: Instant) -> JSON {
    let conditions = status.conditions.sorted { $0.type < $1.type }.map { condition -> JSON in
      [
        "type": .string(condition.type), "status": .string(condition.status.rawValue),
        "reason": .string(condition.reason),
        "lastUpdateAgeSeconds": .int((now - condition.lastUpdateTime.instant).wholeSeconds),
        "lastTransitionAgeSeconds": .int((now - condition.lastTransitionTime.instant).wholeSeconds),
      ]
    }
    return [
      "observedGeneration": .int(status.observedGeneration),
      "replicas": .int(Int64(status.replicas)),
      "updatedReplicas": .int(Int64(status.updatedReplicas)),
      "readyReplicas": .int(Int64(status.readyReplicas)),
      "availableReplicas": .int(Int64(status.availableReplicas)),
      "unavailableReplicas": .int(Int64(status.unavailableReplicas)),
      "conditions": .array(conditions),
    ]
  }
}

extension Span {
  var wholeSeconds: Int64 { ns / 1_000_000_000 }
}

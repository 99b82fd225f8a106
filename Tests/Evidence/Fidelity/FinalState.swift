import ClusterAPI
import Control
import Units
import World

/// A cluster's state in the form of a recording's `final`, as far as it is determined.
enum FinalState {
  /// Leaves out ages and which of several like nodes a pod is on.
  static func comparable(_ final: JSON) -> JSON {
    var result = final.object ?? [:]
    var pods: [String: Int64] = [:]
    for pod in result["pods"]?.array ?? [] {
      let owner = pod["rs"]?.string ?? pod["name"]?.string ?? "-"
      let ready = pod["ready"]?.bool == true ? "ready" : "not ready"
      pods["\(owner) \(pod["phase"]?.string ?? "?") \(ready)", default: 0] += 1
    }
    result["pods"] = .object(pods.mapValues { .int($0) })
    let kinds = [
      ("deployments", "deploy"), ("replicasets", "rs"), ("statefulsets", "sts"),
      ("daemonsets", "ds"),
    ]
    for (kind, key) in kinds {
      result[kind] = result[kind]?.mapMembers { $0.without([key, "paused", "of", "partition"]) }
    }
    return .object(result)
  }

  static func of(_ world: borrowing World) -> JSON {
    var deployments: [String: JSON] = [:]
    for deployment in world.deployments {
      let status = deployment.status
      var conditions: [String: JSON] = [:]
      for condition in status.conditions {
        conditions[condition.type] = .string("\(condition.status.rawValue)/\(condition.reason)")
      }
      deployments[deployment.meta.name] = [
        "gen": .int(deployment.meta.generation), "obs": .int(status.observedGeneration),
        "spec": .int(Int64(deployment.spec.replicas)), "replicas": .int(Int64(status.replicas)),
        "updated": .int(Int64(status.updatedReplicas)), "ready": .int(Int64(status.readyReplicas)),
        "available": .int(Int64(status.availableReplicas)),
        "unavailable": .int(Int64(status.unavailableReplicas)),
        "terminating": .int(Int64(status.terminatingReplicas)), "conditions": .object(conditions),
        "revision": .int(DeploymentController.revision(of: deployment.meta)),
      ]
    }
    var sets: [String: JSON] = [:]
    for (index, set) in world.replicaSets.enumerated() {
      guard let set else { continue }
      sets["r\(index + 1)"] = [
        "revision": .int(DeploymentController.revision(of: set.meta)),
        "spec": .int(Int64(set.spec.replicas)), "replicas": .int(Int64(set.status.replicas)),
        "ready": .int(Int64(set.status.readyReplicas)),
        "available": .int(Int64(set.status.availableReplicas)),
        "terminating": .int(Int64(set.status.terminatingReplicas)),
      ]
    }
    var pods: [String: Int64] = [:]
    for (index, view) in world.pods.views.enumerated() where !view.gone && !view.terminating {
      let owner =
        switch (world.owners[view.owner.index].key.kind, world.pods.slots[index]) {
        case (.replicaSet, _): "r\(view.owner.index + 1)"
        case (.pod, _), (_, .ordinal): world.podName(PodID(index))
        default: "-"
        }
      let ready = view.ready ? "ready" : "not ready"
      pods["\(owner) \(view.phase.word) \(ready)", default: 0] += 1
    }
    var result: [String: JSON] = [
      "deployments": .object(deployments), "replicasets": .object(sets),
      "pods": .object(pods.mapValues { .int($0) }), "hpas": autoscalers(world),
    ]
    for (kind, key) in [("statefulsets", "sts"), ("daemonsets", "ds")] {
      var last: [String: JSON] = [:]
      for (_, status) in SetJournal(world).statuses {
        if let name = status[key]?.string { last[name] = status.without([key]) }
      }
      if !last.isEmpty { result[kind] = .object(last) }
    }
    return .object(result)
  }
}

extension PodView.Phase {
  fileprivate var word: String {
    switch self {
    case .pending: "Pending"
    case .running: "Running"
    case .succeeded: "Succeeded"
    case .failed: "Failed"
    }
  }
}

extension JSON {
  func mapMembers(_ change: (JSON) -> JSON) -> JSON {
    guard case .object(let members) = self else { return self }
    return .object(members.mapValues(change))
  }

  func without(_ keys: Set<String>) -> JSON {
    guard case .object(let members) = self else { return self }
    return .object(members.filter { !keys.contains($0.key) })
  }
}

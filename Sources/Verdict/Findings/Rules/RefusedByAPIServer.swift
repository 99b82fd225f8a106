import ClusterAPI
import Control

/// The API server takes no such object: nothing of it is rolled out.
enum RefusedByAPIServer: FindingRule {
  static let id = "refused-by-api-server"
  static let title = "the API server refuses the object"

  static func find(in tree: ExaminedTree) -> [RehearsalFinding] {
    tree.refusals.map { finding(.error, $0.object, $0.reason) } + nodePorts(tree)
  }

  /// A port of all nodes belongs to one Service.
  private static func nodePorts(_ tree: ExaminedTree) -> [RehearsalFinding] {
    var owners: [String: ObjectKey] = [:]
    return tree.objects.flatMap { object -> [RehearsalFinding] in
      guard case .service(let service) = object else { return [] }
      return service.ports.compactMap { port in
        guard let number = port.nodePort else { return nil }
        let owner = owners["\(number)/\(port.networkProtocol)"]
        owners["\(number)/\(port.networkProtocol)"] = owner ?? object.key
        guard let owner, owner != object.key else { return nil }
        return finding(
          .error, object.key, part: "nodePort \(number)",
          "spec.ports[\(port.name ?? String(port.port))].nodePort: Invalid value: \(number): provided port is "
            + "already allocated (to \(owner.short))")
      }
    }
  }

  static func find(in workload: ExaminedWorkload, _ trials: any Trials) -> [RehearsalFinding] {
    PodObjections(workload).all.map {
      finding(.error, workload.key, part: $0.part, "\($0.part): \($0.reason)")
    }
  }

  static func find(from base: ExaminedWorkload, to head: ExaminedWorkload) -> [RehearsalFinding] {
    guard let reason = UpdateRules.objection(base.object, to: head.object) else { return [] }
    return [
      finding(.error, head.key, part: "update", "the update is refused: \(reason)")
    ]
  }
}

import ClusterAPI

/// Two containers of a pod declare the same port: they share one network, and the second finds it taken.
enum PortTakenInPod: FindingRule {
  static let id = "port-taken-in-pod"
  static let title = "two containers of a pod listen on one port"

  static func find(in workload: ExaminedWorkload, _ trials: any Trials) -> [RehearsalFinding] {
    var owners: [String: String] = [:]
    return workload.containers.flatMap { container in
      container.ports.compactMap { port in
        let place = "\(port.containerPort)/\(port.networkProtocol)"
        guard let owner = owners[place] else {
          owners[place] = container.name
          return nil
        }
        if owner == container.name { return nil }
        return finding(
          .warning, workload.key, part: "\(container.name) port \(port.containerPort)",
          "\(owner) and \(container.name) declare port \(port.containerPort), and the containers of a pod have "
            + "one network: the one that starts later ends with `address already in use`",
          .when("if both listen on it"))
      }
    }
  }
}

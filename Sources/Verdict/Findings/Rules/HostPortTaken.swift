import ClusterAPI

/// A pod listens on a port of its node that something else has: a component of Kubernetes, or another
/// workload.
enum HostPortTaken: FindingRule {
  static let id = "host-port-taken"
  static let title = "a port of the node is taken"

  static func find(in workload: ExaminedWorkload, _ trials: any Trials) -> [RehearsalFinding] {
    probed(workload)
      + ports(of: workload).compactMap { port in
        guard let owner = owners[port.number], port.networkProtocol == "TCP",
          !isComponent(workload, owner.name)
        else { return nil }
        return finding(
          .warning, workload.key, part: "port \(port.number)",
          "\(port.container) \(port.isProbe ? "is probed" : "listens") on port \(port.number) of the "
            + "node, which \(owner.name) has\(owner.isOnAll ? "" : " on the control plane")",
          .when(owner.condition))
      }
  }

  /// Ports that a pod with ports of its node asks itself for: they are the node's where the pod is moved
  /// to the network of its node.
  private static func probed(_ workload: ExaminedWorkload) -> [RehearsalFinding] {
    guard !workload.spec.hostNetwork,
      workload.containers.contains(where: { $0.ports.contains { $0.hostPort != nil } })
    else { return [] }
    var onNode = workload
    onNode.template.spec.hostNetwork = true
    return ports(of: onNode).filter(\.isProbe).compactMap { port in
      guard let owner = owners[port.number], !isComponent(workload, owner.name) else { return nil }
      return finding(
        .note, workload.key, part: "port \(port.number)",
        "\(port.container) is probed on port \(port.number), which \(owner.name) has on nodes, and other "
          + "ports of it are the node's", .when("if it runs on the host network"))
    }
  }

  static func find(in tree: ExaminedTree) -> [RehearsalFinding] {
    let all = tree.workloads.filter(\.isLasting).map { ($0, ports(of: $0).filter { !$0.isProbe }) }
    var found: [RehearsalFinding] = []
    for (index, (workload, own)) in all.enumerated() where !own.isEmpty {
      for (other, theirs) in all[..<index] where mayMeet(workload, other) {
        for port in own {
          guard
            theirs.contains(where: {
              $0.number == port.number && $0.networkProtocol == port.networkProtocol
            })
          else { continue }
          let both = workload.isDaemonSet && other.isDaemonSet
          found.append(
            finding(
              both ? .error : .note, workload.key, part: "port \(port.number) \(other.key.short)",
              "\(workload.key.short) and \(other.key.short) want port \(port.number) of the node: "
                + (both
                  ? "one of them stays Pending on each node" : "they cannot be on the same node"),
              both ? .always : .when("unless there are nodes enough for both")))
        }
      }
    }
    return found
  }

  private struct Port: Hashable {
    var container: String
    var number: Int
    var networkProtocol: String
    var isProbe = false
  }

  /// Ports of the node that a pod uses, each once.
  private static func ports(of workload: ExaminedWorkload) -> [Port] {
    var found: [Port] = []
    func add(_ port: Port) {
      if !found.contains(where: { $0.number == port.number }) { found.append(port) }
    }
    for container in workload.containers {
      for port in container.ports {
        guard let number = workload.spec.hostNetwork ? port.containerPort : port.hostPort else {
          continue
        }
        add(
          Port(container: container.name, number: number, networkProtocol: port.networkProtocol))
      }
      guard workload.spec.hostNetwork else { continue }
      for (kind, probe) in container.probes {
        let port: IntOrString
        switch probe.handler {
        case .httpGet(_, let it, _): port = it
        case .tcpSocket(let it): port = it
        case .grpc(let it, _): port = .int(Int64(it))
        case .exec: continue
        }
        // Another host's port may be asked for a purpose.
        if workload.unmodelled("\(kind.rawValue)Probe.httpGet.host", of: container) != nil {
          continue
        }
        guard let number = container.number(of: port) else { continue }
        add(
          Port(container: container.name, number: number, networkProtocol: "TCP", isProbe: true))
      }
    }
    return found
  }

  private struct Owner {
    var name: String
    var isOnAll = true
    var condition: String
  }

  /// Ports that components of Kubernetes listen on ("Ports and Protocols" of its documentation).
  private static let owners: [Int: Owner] = {
    var owners: [Int: Owner] = [:]
    for port in [10248, 10250, 10255] {
      owners[port] = Owner(
        name: "the kubelet",
        condition: port == 10255
          ? "if the kubelet's read-only port is on" : "unless the kubelet is set to another port")
    }
    for port in [10249, 10256] {
      owners[port] = Owner(name: "kube-proxy", condition: "unless the node runs no kube-proxy")
    }
    let control = "if it runs on a node of the control plane"
    for (port, name) in [
      (2379, "etcd"), (2380, "etcd"), (2381, "etcd"), (6443, "kube-apiserver"),
      (10257, "kube-controller-manager"), (10259, "kube-scheduler"),
    ] {
      owners[port] = Owner(name: name, isOnAll: false, condition: control)
    }
    return owners
  }()

  /// Whether the workload is that component itself.
  private static func isComponent(_ workload: ExaminedWorkload, _ name: String) -> Bool {
    let component = name.split(separator: " ").last.map(String.init) ?? name
    let texts =
      [workload.key.name] + workload.containers.flatMap { [$0.name, $0.image] }
      + workload.containers.flatMap { $0.words.prefix(1) }
    return texts.contains { $0.contains(component) }
  }

  /// Whether the pods of two workloads may be placed on one node.
  private static func mayMeet(_ a: ExaminedWorkload, _ b: ExaminedWorkload) -> Bool {
    for (key, value) in a.spec.nodeSelector {
      if let other = b.spec.nodeSelector[key], other != value { return false }
    }
    if a.isDaemonSet && b.isDaemonSet {
      return a.spec.nodeSelector == b.spec.nodeSelector
        && a.spec.affinity.node == b.spec.affinity.node
    }
    return a.spec.affinity.node == b.spec.affinity.node
  }
}

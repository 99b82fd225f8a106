import ClusterAPI

/// A Service sends requests to a named port that the pods do not declare: it has no endpoint for them.
enum ServicePortNotServed: FindingRule {
  static let id = "service-port-not-served"
  static let title = "a Service sends to a port that its pods do not have"

  static func find(in tree: ExaminedTree) -> [RehearsalFinding] {
    let workloads = tree.workloads
    return tree.objects.flatMap { object -> [RehearsalFinding] in
      guard case .service(let service) = object, let selector = service.selector, !selector.isEmpty
      else { return [] }
      let wanted = LabelSelector(matchLabels: selector)
      let selected = workloads.filter {
        $0.namespace == service.meta.namespace && wanted.matches($0.template.labels)
      }
      guard !selected.isEmpty else { return [] }
      return service.ports.compactMap { port in
        guard case .string(let name) = port.targetPort else {
          // Behind a headless Service clients choose the port themselves.
          return service.clusterIP == "None" ? nil : undeclared(port, object.key, selected)
        }
        let declared = selected.contains { workload in
          workload.containers.contains { container in
            container.ports.contains {
              $0.name == name && $0.networkProtocol == port.networkProtocol
            }
          }
        }
        if declared { return nil }
        let names = selected.map(\.key.short).joined(separator: ", ")
        return finding(
          .error, object.key, part: "port \(port.port)",
          "port \(port.port) goes to the port `\(name)` of \(names), where no container declares a "
            + "\(port.networkProtocol) port of that name: requests to it find no endpoint")
      }
    }
  }

  /// A number that no container declares, though each of them declares what it listens on.
  private static func undeclared(
    _ port: ServicePort, _ service: ObjectKey, _ selected: [ExaminedWorkload]
  ) -> RehearsalFinding? {
    guard case .int(let number) = port.targetPort else { return nil }
    let containers = selected.flatMap(\.spec.containers)
    let ports = containers.flatMap(\.ports).filter { $0.networkProtocol == port.networkProtocol }
    guard containers.allSatisfy({ !$0.ports.isEmpty }), !ports.isEmpty,
      !ports.contains(where: { $0.containerPort == Int(number) })
    else { return nil }
    let declared = Set(ports.map(\.containerPort)).sorted().map(String.init)
    return finding(
      .note, service, part: "port \(port.port)",
      "port \(port.port) goes to port \(number) of \(selected.map(\.key.short).joined(separator: ", ")), "
        + "whose containers declare \(declared.joined(separator: ", ")): requests are refused",
      .when("unless a container listens on \(number) without declaring it"))
  }
}

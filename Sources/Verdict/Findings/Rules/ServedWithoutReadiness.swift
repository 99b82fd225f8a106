import ClusterAPI

/// A Service sends requests to a container that has no readiness probe: from the moment that it runs, which
/// is before it listens.
enum ServedWithoutReadiness: FindingRule {
  static let id = "served-without-readiness"
  static let title = "requests come before the program listens"

  static func find(in workload: ExaminedWorkload, _ trials: any Trials) -> [RehearsalFinding] {
    guard workload.isLasting,
      // Another container's probe, or a gate, may stand for the whole pod.
      !workload.containers.contains(where: { $0.readinessProbe != nil }),
      workload.spec.readinessGates.isEmpty
    else { return [] }
    var ports: [(service: Service, port: ServicePort)] = []
    for service in workload.services where !service.publishNotReadyAddresses {
      ports += service.ports.filter { !isMetrics($0, workload) }.map { (service, $0) }
    }
    guard let (service, port) = ports.first,
      let container = server(of: port, workload) ?? workload.spec.containers.first,
      container.startupProbe == nil
    else { return [] }
    var message =
      "\(container.name) has no readiness probe: service/\(service.meta.name) sends it requests as soon as "
      + "its process runs"
    if workload.rollsOut { message += ", and an update goes on to the next pod at that moment" }
    var found = finding(
      .warning, workload.key, part: container.name, message, .when("if it does not listen at once"))
    if let number = container.number(of: port.targetPort) {
      found.remedies = [
        .container(
          "a readiness probe of the port", workload.key, container.name,
          [
            .init(
              "readinessProbe",
              .object([
                .init("tcpSocket", .object([.init("port", .integer(Int64(number)))])),
                .init("periodSeconds", .integer(5)),
              ]))
          ])
      ]
    }
    return [found]
  }

  /// Whether only a collector of metrics or profiles asks there.
  private static func isMetrics(_ port: ServicePort, _ workload: ExaminedWorkload) -> Bool {
    let words = [port.name ?? "", port.targetPort.description]
    let isNamed = words.contains { word in
      ["metrics", "prometheus", "profiling", "monitoring"].contains(where: word.contains)
    }
    return isNamed || (server(of: port, workload)?.name.hasPrefix("kube-rbac-proxy") ?? false)
  }

  private static func server(of port: ServicePort, _ workload: ExaminedWorkload) -> Container? {
    workload.spec.containers.first { container in
      container.ports.contains {
        switch port.targetPort {
        case .int(let number): $0.containerPort == Int(number)
        case .string(let name): $0.name == name
        }
      }
    }
  }
}

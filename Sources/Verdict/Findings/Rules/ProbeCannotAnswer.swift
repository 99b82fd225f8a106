import ClusterAPI

/// A probe that no healthy program can answer: it asks another machine, a port that is not declared, or a
/// path that a webhook's server does not have.
enum ProbeCannotAnswer: FindingRule {
  static let id = "probe-cannot-answer"
  static let title = "a probe asks where nobody answers"

  static func find(in workload: ExaminedWorkload, _ trials: any Trials) -> [RehearsalFinding] {
    workload.containers.flatMap { container in
      container.probes.flatMap { kind, probe in
        [
          loopback(kind, probe, container, workload), undeclared(kind, probe, container, workload),
          webhook(kind, probe, container, workload),
        ].compactMap { $0 }
      }
    }
  }

  private static func consequence(_ kind: ProbeKind) -> String {
    kind == .readiness
      ? "the pod never becomes ready" : "the container is restarted again and again"
  }

  /// The kubelet asks from its node: the loopback address there is the node's own.
  private static func loopback(
    _ kind: ProbeKind, _ probe: Probe, _ container: Container, _ workload: ExaminedWorkload
  ) -> RehearsalFinding? {
    let action: String
    switch probe.handler {
    case .httpGet: action = "httpGet"
    case .tcpSocket: action = "tcpSocket"
    case .grpc, .exec: return nil
    }
    let field = "\(kind.rawValue)Probe.\(action).host"
    guard !workload.spec.hostNetwork,
      let host = workload.unmodelled(field, of: container)?.text,
      host == "localhost" || host == "::1" || host.hasPrefix("127.")
    else { return nil }
    var found = finding(
      .error, workload.key, part: "\(container.name) \(kind.rawValue)",
      "the \(kind.rawValue) probe of \(container.name) has `host: \(host)`: the kubelet asks its own "
        + "node, not the pod, and \(consequence(kind))",
      .when("unless the node itself answers there"))
    found.remedies = [
      .container(
        "a probe of the pod's own address", workload.key, container.name,
        [
          .init(
            "\(kind.rawValue)Probe",
            .object([.init(action, .object([.init("host", .null)]))]))
        ])
    ]
    return found
  }

  private static func undeclared(
    _ kind: ProbeKind, _ probe: Probe, _ container: Container, _ workload: ExaminedWorkload
  ) -> RehearsalFinding? {
    let port: IntOrString
    switch probe.handler {
    case .httpGet(_, let it, _): port = it
    case .tcpSocket(let it): port = it
    case .grpc, .exec: return nil
    }
    guard case .string(let name) = port, container.number(of: port) == nil else { return nil }
    return finding(
      .error, workload.key, part: "\(container.name) \(kind.rawValue)",
      "the \(kind.rawValue) probe asks the port `\(name)`, but \(container.name) declares no port of "
        + "that name: \(consequence(kind))")
  }

  /// Servers of webhooks answer 404 for each path that no webhook is registered under.
  private static func webhook(
    _ kind: ProbeKind, _ probe: Probe, _ container: Container, _ workload: ExaminedWorkload
  ) -> RehearsalFinding? {
    guard case .httpGet("/", let port, let scheme) = probe.handler, scheme == "HTTPS",
      let number = container.number(of: port), isWebhook(number, container),
      // Some servers tell the kubelet's question by a header.
      workload.unmodelled("\(kind.rawValue)Probe.httpGet.httpHeaders", of: container) == nil
    else { return nil }
    return finding(
      .warning, workload.key, part: "\(container.name) \(kind.rawValue)",
      "the \(kind.rawValue) probe of \(container.name) asks `/` of the webhook's port \(number), whose "
        + "server answers 404 where no webhook is registered: \(consequence(kind))",
      .when("unless the program answers `/` there"))
  }

  /// 9443 is what controller-runtime serves webhooks on.
  private static func isWebhook(_ number: Int, _ container: Container) -> Bool {
    number == 9443
      || container.ports.contains {
        $0.containerPort == number && ($0.name ?? "").contains("webhook")
      }
  }
}

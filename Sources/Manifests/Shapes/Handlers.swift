import ClusterAPI
import YAML

/// An action of a probe or a lifecycle hook, before it is known which of them.
struct Action: Sendable {
  enum Kind: Sendable {
    case exec(command: [String])
    case httpGet(path: String, port: IntOrString, scheme: String)
    case tcpSocket(port: IntOrString)
    case grpc(port: Int, service: String)
    case sleep(seconds: Int)
  }

  var path = "/"
  var port = IntOrString.int(0)
  var scheme = "HTTP"
  var service = ""
  var command: [String] = []
  var seconds = 0
}

extension Shapes {
  static let exec = Codec.object(
    Action(), Table { $0.field("command", \.command, .strings) }
  ).map { action, _, _ in Action.Kind.exec(command: action.command) }

  static let httpGet = Codec.object(
    Action(),
    Table {
      $0.field("path", \.path, .string)
      $0.field("port", \.port, .intOrString, required: true)
      $0.field("scheme", \.scheme, .word(of: ["HTTP", "HTTPS"]))
      $0.kept("host", "httpHeaders")
    }
  ).map { action, _, _ in
    Action.Kind.httpGet(
      path: action.path.isEmpty ? "/" : action.path, port: action.port, scheme: action.scheme)
  }

  static let tcpSocket = Codec.object(
    Action(),
    Table {
      $0.field("port", \.port, .intOrString, required: true)
      $0.kept("host")
    }
  ).map { action, _, _ in Action.Kind.tcpSocket(port: action.port) }

  static let grpc = Codec.object(
    (port: 0, service: ""),
    Table<(port: Int, service: String)> {
      $0.field("port", \.port, .port, required: true)
      $0.field("service", \.service, .string)
    }
  ).map { action, _, _ in Action.Kind.grpc(port: action.port, service: action.service) }

  static let sleep = Codec.object(
    Action(), Table { $0.field("seconds", \.seconds, .seconds, required: true) }
  ).map { action, _, _ in Action.Kind.sleep(seconds: action.seconds) }
}

/// A probe before its action is known.
private struct ProbeDraft: Sendable {
  var probe = Probe(handler: .exec(command: []))
  var actions: [Action.Kind] = []
}

extension Shapes {
  static let probe = Codec.object(ProbeDraft(), probeTable).map { draft, node, reading -> Probe? in
    guard let action = reading.one(of: draft.actions, at: node) else { return nil }
    var probe = draft.probe
    switch action {
    case .exec(let command): probe.handler = .exec(command: command)
    case .httpGet(let path, let port, let scheme):
      probe.handler = .httpGet(path: path, port: port, scheme: scheme)
    case .tcpSocket(let port): probe.handler = .tcpSocket(port: port)
    case .grpc(let port, let service): probe.handler = .grpc(port: port, service: service)
    case .sleep: preconditionFailure("a probe has read the action sleep")
    }
    // Defaulting takes 0 for absent (`SetDefaults_Probe`).
    if probe.timeoutSeconds == 0 { probe.timeoutSeconds = 1 }
    if probe.periodSeconds == 0 { probe.periodSeconds = 10 }
    if probe.successThreshold == 0 { probe.successThreshold = 1 }
    if probe.failureThreshold == 0 { probe.failureThreshold = 3 }
    return probe
  }

  private static let probeTable = Table<ProbeDraft> {
    $0.action("exec", \.actions, exec)
    $0.action("httpGet", \.actions, httpGet)
    $0.action("tcpSocket", \.actions, tcpSocket)
    $0.action("grpc", \.actions, grpc)
    $0.field("initialDelaySeconds", \.probe.initialDelaySeconds, .count)
    $0.field("periodSeconds", \.probe.periodSeconds, .count)
    $0.field("timeoutSeconds", \.probe.timeoutSeconds, .count)
    $0.field("successThreshold", \.probe.successThreshold, .count)
    $0.field("failureThreshold", \.probe.failureThreshold, .count)
    $0.field("terminationGracePeriodSeconds", \.probe.terminationGracePeriodSeconds, .seconds)
  }

  static let lifecycleHandler = Codec.object(
    [],
    Table<[Action.Kind]> {
      $0.action("exec", \.self, exec)
      $0.action("httpGet", \.self, httpGet)
      $0.action("sleep", \.self, sleep)
      $0.action("tcpSocket", \.self, tcpSocket)
    }
  ).map { actions, node, reading -> LifecycleHandler? in
    switch reading.one(of: actions, at: node) {
    case .exec(let command): .exec(command: command)
    case .httpGet(let path, let port, _): .httpGet(path: path, port: port)
    case .sleep(let seconds): .sleep(seconds: seconds)
    case .tcpSocket(let port): .tcpSocket(port: port)
    case .grpc: preconditionFailure("a lifecycle hook has read the action grpc")
    case nil: nil
    }
  }
}

extension Table {
  fileprivate mutating func action(
    _ key: String, _ actions: any WritableKeyPath<Target, [Action.Kind]> & Sendable,
    _ codec: Codec<Action.Kind>
  ) {
    custom(key, shape: codec.shape) { target, node, reading in
      if let action = codec.read(node, &reading) { target[keyPath: actions].append(action) }
    }
  }
}

extension Reading {
  fileprivate mutating func one(of actions: [Action.Kind], at node: YAMLNode) -> Action.Kind? {
    if actions.count == 1 { return actions[0] }
    if node.mapping != nil {
      report(
        .error, at: node,
        actions.isEmpty ? "has no action" : "has \(actions.count) actions, but may have one only",
        remedy: actions.isEmpty ? "add `httpGet:`, `tcpSocket:` or `exec:`" : nil)
    }
    return nil
  }
}

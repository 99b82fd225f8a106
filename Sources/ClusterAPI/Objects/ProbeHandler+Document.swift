extension Probe.Handler {
  /// As a manifest writes it: the one field that says how it asks.
  public var document: [DocumentValue.Field] {
    func value(_ port: IntOrString) -> DocumentValue {
      switch port {
      case .int(let number): .integer(Int64(number))
      case .string(let name): .string(name)
      }
    }
    switch self {
    case .httpGet(let path, let port, let scheme):
      return [
        .init(
          "httpGet",
          .object(
            (path.isEmpty ? [] : [.init("path", .string(path))]) + [.init("port", value(port))]
              + (scheme == "HTTP" ? [] : [.init("scheme", .string(scheme))])))
      ]
    case .tcpSocket(let port):
      return [.init("tcpSocket", .object([.init("port", value(port))]))]
    case .grpc(let port, let service):
      return [
        .init(
          "grpc",
          .object(
            [.init("port", .integer(Int64(port)))]
              + (service.isEmpty ? [] : [.init("service", .string(service))])))
      ]
    case .exec(let command):
      return [
        .init("exec", .object([.init("command", .list(command.map { .string($0) }))]))
      ]
    }
  }
}

import ClusterAPI
import YAML

extension Fields {
  /// A pod template; fields that are not simulated are kept in it.
  func podTemplate(_ key: String) -> PodTemplate? {
    guard let fields = object(key), let spec = fields.object("spec") else {
      sink.error(node.mark, "\(name(key)).spec is missing", remedy: "write the pod's spec")
      return nil
    }
    var unmodelled: [UnmodelledField] = []
    var template = PodTemplate(spec: spec.podSpec(&unmodelled))
    if let meta = fields.object("metadata") {
      template.labels = meta.texts("labels")
      template.annotations = meta.texts("annotations")
      unmodelled += meta.rest()
    }
    template.unmodelled = unmodelled + fields.rest()
    if template.spec.containers.isEmpty {
      sink.error(spec.node.mark, "\(spec.path).containers is missing", remedy: "write at least one")
      return nil
    }
    return template
  }

  private func podSpec(_ rest: inout [UnmodelledField]) -> PodSpec {
    var spec = PodSpec(containers: [])
    for item in objects("containers") {
      if let container = item.container(&rest) { spec.containers.append(container) }
    }
    for item in objects("initContainers") {
      if let container = item.container(&rest) { spec.initContainers.append(container) }
    }
    spec.terminationGracePeriodSeconds = integer("terminationGracePeriodSeconds") ?? 30
    spec.nodeSelector = texts("nodeSelector")
    spec.serviceAccountName = text("serviceAccountName")
    spec.priorityClassName = text("priorityClassName")
    spec.hostNetwork = flag("hostNetwork") ?? false
    rest += self.rest()
    return spec
  }

  private func container(_ rest: inout [UnmodelledField]) -> Container? {
    guard let name = text("name") else {
      sink.error(node.mark, "\(path).name is missing", remedy: "write `name: ...`")
      return nil
    }
    var container = Container(name: name, image: text("image") ?? "")
    container.imagePullPolicy = text("imagePullPolicy").flatMap { .init(rawValue: $0) }
    container.command = strings("command")
    container.arguments = strings("args")
    if let resources = object("resources") {
      container.resources.limits = resources.quantities("limits")
      container.resources.requests = resources.quantities("requests")
      // The API server's default: a limit without a request is the request too.
      for (resource, limit) in container.resources.limits
      where container.resources.requests[resource] == nil {
        container.resources.requests[resource] = limit
      }
      rest += resources.rest()
    }
    container.readinessProbe = object("readinessProbe")?.probe(&rest)
    container.livenessProbe = object("livenessProbe")?.probe(&rest)
    container.startupProbe = object("startupProbe")?.probe(&rest)
    if let hooks = object("lifecycle") {
      if let stop = hooks.object("preStop") {
        if let sleep = stop.object("sleep") {
          container.preStop = .sleep(seconds: sleep.integer("seconds") ?? 0)
          rest += sleep.rest()
        }
        rest += stop.rest()
      }
      rest += hooks.rest()
    }
    rest += self.rest()
    return container
  }

  private func probe(_ rest: inout [UnmodelledField]) -> Probe? {
    let handler: Probe.Handler
    if let get = object("httpGet") {
      handler = .httpGet(
        path: get.text("path") ?? "/", port: get.intOrString("port") ?? .int(80),
        scheme: get.text("scheme") ?? "HTTP")
      rest += get.rest()
    } else if let socket = object("tcpSocket") {
      handler = .tcpSocket(port: socket.intOrString("port") ?? .int(80))
      rest += socket.rest()
    } else if let grpc = object("grpc") {
      handler = .grpc(port: grpc.integer("port") ?? 0, service: grpc.text("service") ?? "")
      rest += grpc.rest()
    } else if let exec = object("exec") {
      handler = .exec(command: exec.strings("command"))
      rest += exec.rest()
    } else {
      sink.error(
        node.mark, "\(path) has no handler", remedy: "write httpGet, tcpSocket, grpc or exec")
      return nil
    }
    var probe = Probe(handler: handler)
    probe.initialDelaySeconds = integer("initialDelaySeconds") ?? 0
    probe.periodSeconds = integer("periodSeconds") ?? 10
    probe.timeoutSeconds = integer("timeoutSeconds") ?? 1
    probe.successThreshold = integer("successThreshold") ?? 1
    probe.failureThreshold = integer("failureThreshold") ?? 3
    probe.terminationGracePeriodSeconds = integer("terminationGracePeriodSeconds")
    rest += self.rest()
    return probe
  }
}

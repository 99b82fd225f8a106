import ClusterAPI
import Kernel
import PromQL
public import Units

// What exporters show of a run, from the writes that were kept and from what the pods counted.
extension World {
  /// All series until an instant; nil: nobody reads metrics, and nothing was kept.
  ///
  /// Reading draws no randomness and changes nothing.
  public func telemetry(until end: Instant) -> TelemetryStore? {
    guard let scrapes = options.telemetry else { return nil }
    let clock = TelemetryClock(epoch: options.epoch)
    var store = TelemetryStore(
      scrapeInterval: scrapes.scrapeInterval, begin: clock.time(.zero), end: clock.time(end),
      families: MetricCatalog.families(of: options.profiles))
    var shown = ShownObjects(target: .kubeStateMetrics(scrapes.scrapeInterval), clock: clock)
    store.set(shown.target.labels("up"), phase: shown.target.phase, at: store.begin, 1)
    let services = services.rows.filter { !$0.isDeleted }.map { ClusterObject.service($0.service) }
    for object in documents + services {
      shown.show(KubeState.expose(object, epoch: options.epoch), of: object.key, .zero, &store)
    }
    for node in options.nodes { show(NodeView(node), .zero, &shown, &store) }
    var lives = podLives()
    var objects = LoggedKeys()
    var next = timeline.startIndex
    for entry in log.all {
      if entry.at > end { break }
      while next < timeline.endIndex, timeline[next].at < entry.at {
        lives.happens(timeline[next], &shown, &store)
        next += 1
      }
      write(entry, &lives, &objects, &shown, &store)
    }
    while next < timeline.endIndex, timeline[next].at <= end {
      lives.happens(timeline[next], &shown, &store)
      next += 1
    }
    writePods(lives, clock, end, &store)
    writeClients(clock, end, &store)
    writeDevices(lives, clock, end, &store)
    silence(lives, clock, end, &store)
    return store
  }

  private func show(
    _ node: NodeView, _ at: Instant, _ shown: inout ShownObjects, _ store: inout TelemetryStore
  ) {
    var state = NodeState(node)
    state.created = options.epoch
    let key = ObjectKey(.node, namespace: "", name: node.spec.name)
    shown.show(KubeState.expose(state), of: key, at, &store)
    let kubelet = Target.cadvisor(node: node.spec.name, store.scrapeInterval)
    ContainerMetrics.write(node, at: kubelet, shown.clock.time(at), into: &store)
  }

  private func write(
    _ entry: LogEntry, _ lives: inout PodLives, _ objects: inout LoggedKeys,
    _ shown: inout ShownObjects, _ store: inout TelemetryStore
  ) {
    switch entry.change {
    case .pod(let pod, let view): return lives.write(pod, view, entry.at, &shown, &store)
    case .node(_, let view): return show(view, entry.at, &shown, &store)
    case .nodeDeleted(let id):
      let key = ObjectKey(.node, namespace: "", name: nodes.rows[id.index].spec.name)
      let kubelet = Target.cadvisor(node: key.name, store.scrapeInterval)
      ContainerMetrics.end(at: kubelet, shown.clock.time(entry.at), into: &store)
      return shown.end(key, entry.at, &store)
    case .endpoints(let service, let pods):
      return show(endpoints: pods, of: service, entry.at, lives, &shown, &store)
    default: break
    }
    guard let (key, object) = objects.read(entry.change) else { return }
    guard let object else { return shown.end(key, entry.at, &store) }
    shown.show(KubeState.expose(object, epoch: options.epoch), of: key, entry.at, &store)
  }

  private func show(
    endpoints pods: [PodID], of service: ServiceID, _ at: Instant, _ lives: PodLives,
    _ shown: inout ShownObjects, _ store: inout TelemetryStore
  ) {
    let it = services.rows[service.index].service
    var state = EndpointsState(
      namespace: it.meta.namespace, service: it.meta.name, slice: it.meta.name)
    state.created = options.epoch
    state.ports = it.ports.map { port in
      let number: Int =
        if case .int(let value) = port.targetPort { Int(value) } else { port.port }
      return .init(name: port.name ?? "", number: number)
    }
    state.addresses = pods.map { pod in
      .init(
        // Pods have no addresses in a simulation: one of the usual range stands for each.
        ip: "10.244.\(pod.index / 254).\(pod.index % 254 + 1)", isReady: true,
        pod: lives.lives[pod.index].state.name, node: lives.lives[pod.index].state.node)
    }
    let key = ObjectKey(Kind("Endpoints"), namespace: state.namespace, name: state.service)
    shown.show(KubeState.expose(endpoints: state), of: key, at, &store)
  }

  /// All pods that ever were, before anything is told of them.
  private func podLives() -> PodLives {
    var all: [PodLives.Life] = []
    all.reserveCapacity(pods.views.count)
    for index in pods.views.indices {
      let pod = PodID(index)
      let owner = owners[pods.views[index].owner.index]
      let template = template(of: pod).template
      let namespace = owner.workload.namespace
      var state = PodState(
        namespace: namespace, name: podName(pod),
        uid: KubeState.text(uid: mix64(pods.causes[index])), spec: template.spec)
      state.labels = owner.labels(of: template)
      if owner.key.kind != .pod {
        let isSet = owner.key.kind == .controllerRevision
        let key = isSet ? owner.workload : owner.key
        state.owner = .init(kind: key.kind.name, name: key.name)
      }
      all.append(
        PodLives.Life(
          key: ObjectKey(.pod, namespace: namespace, name: state.name), state: state,
          server: template.spec.initContainers.count))
    }
    return PodLives(lives: all, nodes: nodes.rows.map(\.spec.name))
  }
}

/// The keys of objects that the log knows by their rows.
struct LoggedKeys {
  private var keys: [UInt64: ObjectKey] = [:]

  /// The object of an entry, nil where it was deleted; nil for entries about nothing that is shown.
  mutating func read(_ change: LogEntry.Change) -> (ObjectKey, ClusterObject?)? {
    switch change {
    case .deployment(let id, let it): known(1, id.raw, it.map { .deployment($0) })
    case .replicaSet(let id, let it): known(2, id.raw, .replicaSet(it))
    case .replicaSetDeleted(let id): known(2, id.raw, nil)
    case .statefulSet(let id, let it): known(3, id.raw, it.map { .statefulSet($0) })
    case .daemonSet(let id, let it): known(4, id.raw, it.map { .daemonSet($0) })
    case .job(let id, let it): known(5, id.raw, it.map { .job($0) })
    case .resourceQuota(let id, let it): known(6, id.raw, it.map { .resourceQuota($0) })
    case .disruptionBudget(let id, let it):
      known(7, id.raw, it.map { .podDisruptionBudget($0) })
    case .autoscaler(let id, let it): known(8, id.raw, it.map { .horizontalPodAutoscaler($0) })
    case .pod, .controllerRevision, .endpoints, .node, .nodeDeleted: nil
    }
  }

  private mutating func known(
    _ table: UInt64, _ row: UInt32, _ object: ClusterObject?
  ) -> (ObjectKey, ClusterObject?)? {
    let place = table << 32 | UInt64(row)
    if let object { keys[place] = object.key }
    return keys[place].map { ($0, object) }
  }
}

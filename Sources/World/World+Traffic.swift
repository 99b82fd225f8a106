import ClusterAPI
import Kernel
import Units

extension World {
  /// Stores the services and gives each load its counters and gateways.
  mutating func openServices() {
    for object in options.objects {
      if case .service(let service) = object { services.rows.append(.init(service: service)) }
    }
    for spec in options.loads {
      let load = traffic.addLoad(spec)
      services.latest.append(Array(repeating: .zero, count: spec.gateways))
      if let id = services.id(spec.service) { services.rows[id.index].loads.append(load) }
    }
    traffic.start(&queue)
  }

  /// Stores a Service's endpoints; every gateway's proxy learns of them after a lag of its own.
  mutating func publish(_ id: ServiceID, ready: [PodID]) -> WriteResult {
    services.rows[id.index].ready = ready
    services.rows[id.index].resourceVersion = log.nextVersion()
    let version = services.rows[id.index].resourceVersion
    log.append(.endpoints(id, ready), at: queue.now)
    let meta = services.rows[id.index].service.meta
    let cause = CauseHash().with(meta.namespace).with(meta.name)
    for load in services.rows[id.index].loads {
      for gateway in services.latest[load.index].indices {
        let u = uniform(
          .propagation, cause: cause.with(Int(load.raw)).with(gateway).value, index: version)
        let lag =
          options.latencies.endpointPropagation
          + Span(ns: Int64(Double(options.latencies.endpointPropagationJitter.ns) * u))
        let at = max(services.latest[load.index][gateway], queue.now + lag)
        services.latest[load.index][gateway] = at
        let slot = services.updates.append(.init(load: load, gateway: gateway, ready: ready))
        push(.proxyLearns, slot, at: at)
      }
    }
    return .written(resourceVersion: version, uid: 0)
  }

  mutating func proxyLearns(_ index: Int) {
    let update = services.updates.take(index)
    traffic.setEndpoints(update.load, gateway: update.gateway, ready: update.ready)
  }

  /// The process of a pod is there; it listens after its start-up time.
  mutating func serverStarts(_ pod: PodID, listening: Instant) {
    let row = templates[pods.templates[pod.index].index]
    let container = row.template.spec.containers[0]
    traffic.addServer(
      pod, behaviour: serverBehaviour(of: row),
      cpuRate: container.resources.limits["cpu"].map { MilliCPU($0.milliValue) },
      memoryLimit: container.resources.limits["memory"].map { Bytes($0.value) },
      revision: pods.views[pod.index].owner.raw)
    let node = pods.views[pod.index].node
    if nodes.rows[node.index].hogged > .zero { shareCPU(node) }
    push(
      .processListens, pod.index, at: max(listening, queue.now),
      generation: pods.generations[pod.index])
  }

  mutating func processListens(_ pod: PodID) { traffic.setAccepting(pod, true) }

  /// TERM: a process that drains finishes what it has; another one dies at once.
  mutating func processIsTerminated(_ pod: PodID) {
    let profile = templates[pods.templates[pod.index].index].profile
    guard profile.drainsOnTerm else {
      podLeaves(pod, after: profile.shutdown)
      traffic.killServer(pod, &queue)
      return
    }
    traffic.drainServer(pod)
    if traffic.isIdle(pod) { podLeaves(pod, after: profile.shutdown) }
  }

  private mutating func podLeaves(_ pod: PodID, after delay: Span) {
    push(
      .podGone, pod.index, at: queue.now + max(delay, Span(ns: 1)),
      generation: pods.generations[pod.index])
  }

  /// What single requests mean to the cluster.
  mutating func follow(_ effect: TrafficEffect) {
    switch effect {
    case .none, .stale, .probeAnswered: break
    case .idle(let pod):
      if pods.views[pod.index].terminating {
        podLeaves(pod, after: templates[pods.templates[pod.index].index].profile.shutdown)
      }
    case .outOfMemory(let pod):
      note(.outOfMemory(pod))
      push(
        .containerExits, pod.index, at: queue.now + Span(ns: 1),
        generation: pods.generations[pod.index])
    }
  }

  /// What the image does to requests now: its profile, overridden by the disturbances that match.
  func serverBehaviour(of row: TemplateRow) -> ServerBehaviour {
    var behaviour = ServerBehaviour(row.profile)
    let image = row.template.spec.containers.first?.image ?? ""
    for (pattern, change) in behaviours where Wildcard.matches(pattern, image) {
      if let errors = change.errors { behaviour.errors = errors }
      if let slowdown = change.slowdown { behaviour.slowdown = slowdown }
      if let leak = change.leakPerRequest { behaviour.memory.leakPerRequest = leak }
    }
    return behaviour
  }

  /// Running processes behave as a changed image does, from now on.
  mutating func refreshServers(_ pattern: String) {
    for index in pods.views.indices where pods.views[index].phase == .running {
      let row = templates[pods.templates[index].index]
      guard !pods.views[index].gone,
        row.template.spec.containers.contains(where: { Wildcard.matches(pattern, $0.image) })
      else { continue }
      traffic.setBehaviour(PodID(index), serverBehaviour(of: row))
    }
  }
}

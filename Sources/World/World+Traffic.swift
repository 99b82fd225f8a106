import ClusterAPI
import Kernel
import Units

extension World {
  /// Stores the services and gives each load its counters and gateways.
  mutating func openServices() {
    for object in options.objects {
      if case .service(let service) = object { _ = services.put(service) }
    }
    for spec in options.loads {
      let load = traffic.addLoad(spec)
      services.latest.append(Array(repeating: .zero, count: spec.gateways))
      if let id = services.id(spec.service) { services.connect(load, to: id) }
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

  /// The process that serves a pod's requests is there; it listens after its start-up time.
  mutating func serverStarts(_ pod: PodID, _ template: ContainerTemplate) {
    let limits = template.container.resources.limits
    traffic.addServer(
      pod, behaviour: serverBehaviour(of: template),
      cpuRate: limits["cpu"].map { MilliCPU($0.milliValue) },
      memoryLimit: limits["memory"].map { Bytes($0.value) },
      revision: pods.views[pod.index].owner.raw,
      meter: options.telemetry == nil ? nil : meterPlan(of: pod, template))
    let node = pods.views[pod.index].node
    if nodes.rows[node.index].hogged > .zero { shareCPU(node) }
  }

  mutating func processListens(_ id: ContainerID) {
    let pod = containers[id].pod
    containers[id].isListening = true
    if template(of: id).profile.readyWhenListening, containers[id].probed == .max {
      syncPod(pod)
      if isReady(id) { containerBecomesReady(id) }
    }
    guard template(of: id).role == .server else { return }
    traffic.setAccepting(pod, true)
    if traffic.isOverLimit(pod) { isOutOfMemory(pod) }
  }

  /// OOMKilled: the kernel ends the process, which starts again after its back-off.
  private mutating func isOutOfMemory(_ pod: PodID) {
    guard let id = server(of: pod), containers[id].isAlive else { return }
    note(.outOfMemory(pod))
    exits(id, code: 137, at: queue.now)
  }

  /// What single requests mean to the cluster.
  mutating func follow(_ effect: TrafficEffect) {
    switch effect {
    case .none, .stale: break
    case .probeAnswered(let pod, let token):
      probeIsAnswered(pod, token: token)
      if traffic.isDrained(pod) { serverIsIdle(pod) }
    case .pressed(let pod): podIsPressed(pod)
    case .idle(let pod): serverIsIdle(pod)
    case .outOfMemory(let pod): isOutOfMemory(pod)
    }
  }

  /// What the image does to requests now: its profile, overridden by the disturbances that match.
  private func serverBehaviour(of template: ContainerTemplate) -> ServerBehaviour {
    var behaviour = ServerBehaviour(template.profile)
    for (pattern, change) in behaviours
    where Wildcard.matches(pattern, template.container.image) {
      if let errors = change.errors { behaviour.errors = errors }
      if let slowdown = change.slowdown { behaviour.slowdown = slowdown }
      if let leak = change.leakPerRequest { behaviour.memory.leakPerRequest = leak }
    }
    return behaviour
  }

  /// Running processes behave as a changed image does, from now on.
  mutating func refreshServers(_ pattern: String) {
    for index in containers.rows.indices where containers.rows[index].isAlive {
      let id = ContainerID(index)
      let template = template(of: id)
      guard Wildcard.matches(pattern, template.container.image) else { continue }
      if template.role == .server {
        traffic.setBehaviour(containers[id].pod, serverBehaviour(of: template))
      }
      guard containers[id].probed != .max else { continue }
      let (behaviour, probed) = (behaviour(of: template), Int(containers[id].probed))
      var outlook = containers.probed[probed].outlook
      outlook.isNeverReady = behaviour.neverReady
      outlook.latency = behaviour.probeLatency ?? options.latencies.probe
      guard outlook != containers.probed[probed].outlook else { continue }
      settleProbes(id)
      containers.probed[probed].outlook = outlook
      planProbes(id)
    }
  }
}

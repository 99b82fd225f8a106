import ClusterAPI
import Kernel
import PromQL
public import Units

// Exporters look at what was noted of the run.
extension World {
  /// The series until the last scrape of `scrape(through:)`; nil: nobody reads metrics.
  public var telemetry: TelemetryStore? { feed?.store }

  /// The same of `options.closeUp`.
  public var closeUpTelemetry: TelemetryStore? { closeUp?.store }

  /// Whether anything has to be noted.
  var hasFeeds: Bool { feed != nil || closeUp != nil }

  /// Makes the series until an instant, which is not before the last event.
  ///
  /// It draws no randomness and changes nothing of what will happen.
  public mutating func scrape(through at: Instant) {
    guard hasFeeds else { return }
    traffic.closeMeters(at: at)
    // Only what the cluster's Prometheus reads of pods is metered.
    if var own = feed.take() {
      scrape(&own, through: at)
      feed = own
    }
    if var own = closeUp.take() {
      scrape(&own, through: at)
      closeUp = own
    }
    notes.forget()
    log.forgetAll(before: log.all.endIndex)
    ClientExporters.forget(
      readBy: [feed, closeUp].compactMap { $0?.clients }, in: &traffic.meters)
  }

  private mutating func scrape(_ feed: inout TelemetryFeed, through at: Instant) {
    let since = feed.clock.time(feed.through)
    feed.store.end = feed.clock.time(at)
    if feed.reads.cluster {
      for write in notes.writes {
        if let object = write.object {
          feed.show(object, write.at)
        } else {
          feed.shown.end(write.key, write.at, &feed.store)
        }
      }
      tellLog(&feed)
    }
    if feed.reads.ofPods { readPods(&feed, since: since) }
    findDestinations(&feed)
    feed.clients.read(traffic.meters, since: since, feed.clock, into: &feed.store)
    feed.through = at
    feed.store.sort()
  }

  private mutating func readPods(_ feed: inout TelemetryFeed, since: Int64) {
    for pod in traffic.meters.takeNews() {
      feed.pods.hears(pod)
      feed.devices.read(PodID(pod), traffic.meters.pods[pod].rows, into: &feed.store)
      feed.pods.forget(pod, &traffic.meters)
    }
    feed.pods.read(&traffic.meters, since: since, feed.clock, into: &feed.store)
  }

  /// Drops samples that no query looks at any more, where it is known how far they look back.
  ///
  /// - Parameters:
  ///   - next: the first instant at which one will be asked, in milliseconds since the epoch.
  ///   - kept: an instant of which the close-up will be asked besides (`@`).
  public mutating func forgetMetrics(askedFrom next: Int64, keeping kept: Instant? = nil) {
    feed?.forget(askedFrom: next)
    closeUp?.forget(askedFrom: next, keeping: kept)
  }

  /// What there is at the first instant.
  mutating func openFeeds() {
    let all = [options.telemetry, options.closeUp].compactMap(\.self)
    if all.isEmpty { return }
    injection = IstioInjection(documents)
    let reads = all.map { TelemetryFeed.Reads($0.wanted, options.profiles, $0) }
    let clientBounds = MetricBuckets.union(reads.map(\.clientBounds))
    traffic.startMeters(reads)
    feed = options.telemetry.map { openFeed($0, clientBounds) }
    closeUp = options.closeUp.map { openFeed($0, clientBounds) }
  }

  private func openFeed(_ options: TelemetryOptions, _ clientBounds: [Span]) -> TelemetryFeed {
    var feed = TelemetryFeed(
      options, clientBounds: clientBounds, epoch: self.options.epoch,
      profiles: self.options.profiles)
    for object in documents { feed.show(object, .zero) }
    for row in services.rows where !row.isDeleted { feed.show(.service(row.service), .zero) }
    for (index, node) in self.options.nodes.enumerated() {
      show(NodeView(node), .zero, &feed)
      openDevices(index, .zero, &feed)
    }
    openLoads(&feed)
    openIngress(&feed)
    return feed
  }

  /// From now on only this is asked of metrics: nothing else is noted, and what was is forgotten.
  ///
  /// - Parameters:
  ///   - queries: of the close-up.
  ///   - isSteered: whether something in the cluster acts by what its Prometheus says.
  public mutating func narrowMetrics(to queries: [String], isSteered: Bool) {
    if !isSteered { feed = nil }
    closeUp?.narrow(to: queries, options.profiles)
    let reads = [feed, closeUp].compactMap { $0?.reads }
    traffic.narrowMeters(to: reads)
    if reads.contains(where: \.cluster) { return }
    log.keepsAll = false
    log.forgetAll(before: log.all.endIndex)
    notes.forget()
  }

  /// A write of an object that the revision log does not hold.
  mutating func noteWrite(_ key: ObjectKey, _ object: ClusterObject?) {
    if hasFeeds { notes.writes.append(.init(at: queue.now, key: key, object: object)) }
  }

  private mutating func tellLog(_ feed: inout TelemetryFeed) {
    var (use, outage, error) = (0, 0, 0)
    func tell(before at: Instant, _ world: borrowing World, _ feed: inout TelemetryFeed) {
      while use < world.notes.uses.count, world.notes.uses[use].at < at {
        world.follow(world.notes.uses[use], &feed)
        use += 1
      }
      while outage < world.notes.outages.count, world.notes.outages[outage].at < at {
        world.follow(world.notes.outages[outage], &feed)
        outage += 1
      }
      while error < world.notes.errors.count, world.notes.errors[error].at < at {
        feed.devices.fail(world.notes.errors[error], feed.clock, into: &feed.store)
        error += 1
      }
    }
    while feed.nextEntry < log.all.endIndex {
      let entry = log.all[feed.nextEntry]
      tellTimeline(before: entry.at, &feed)
      tell(before: entry.at, self, &feed)
      write(entry, &feed)
      feed.nextEntry += 1
    }
    tellTimeline(before: .never, &feed)
    tell(before: .never, self, &feed)
  }

  private mutating func tellTimeline(before at: Instant, _ feed: inout TelemetryFeed) {
    while feed.nextHappening < timeline.endIndex, timeline[feed.nextHappening].at < at {
      let entry = timeline[feed.nextHappening]
      feed.nextHappening += 1
      guard feed.reads.lives, let pod = PodLives.pod(of: entry.happening) else { continue }
      learn(upTo: pod, &feed)
      let before = PodMoment(feed.lives.lives[pod.index])
      if feed.lives.happens(entry, &feed.shown, &feed.store) {
        follow(pod, from: before, entry.at, &feed)
      }
    }
  }

  private func show(_ node: NodeView, _ at: Instant, _ feed: inout TelemetryFeed) {
    var state = NodeState(node)
    state.created = options.epoch
    let key = ObjectKey(.node, namespace: "", name: node.spec.name)
    let exposition = KubeState.expose(state, options: feed.reads.kubeState)
    feed.shown.show(exposition, of: key, at, &feed.store)
    let kubelet = Target.cadvisor(node: node.spec.name, feed.store.scrapeInterval)
    ContainerMetrics.write(node, at: kubelet, feed.clock.time(at), into: &feed.store)
  }

  private mutating func write(_ entry: LogEntry, _ feed: inout TelemetryFeed) {
    switch entry.change {
    case .pod(let pod, let view):
      guard feed.reads.lives else { return }
      learn(upTo: pod, &feed)
      guard feed.reads.allLives || feed.lives.lives[pod.index].isShown else { return }
      let before = PodMoment(feed.lives.lives[pod.index])
      let node = view.node.isNone ? "" : nodes.rows[view.node.index].spec.name
      feed.lives.write(pod, view, node: node, entry.at, &feed.shown, &feed.store)
      return follow(pod, from: before, entry.at, &feed)
    case .node(let id, let view):
      if id.index >= options.nodes.count, feed.devices.nodes[id.index] == nil {
        openDevices(id.index, entry.at, &feed)
      }
      return show(view, entry.at, &feed)
    case .nodeDeleted(let id):
      let key = ObjectKey(.node, namespace: "", name: nodes.rows[id.index].spec.name)
      let kubelet = Target.cadvisor(node: key.name, feed.store.scrapeInterval)
      ContainerMetrics.end(at: kubelet, feed.clock.time(entry.at), into: &feed.store)
      return feed.shown.end(key, entry.at, &feed.store)
    case .endpoints(let service, let pods):
      return show(endpoints: pods, of: service, entry.at, &feed)
    default: break
    }
    guard let (key, object) = feed.objects.read(entry.change) else { return }
    guard let object else { return feed.shown.end(key, entry.at, &feed.store) }
    feed.show(object, entry.at)
  }

  private func show(
    endpoints pods: [PodID], of service: ServiceID, _ at: Instant, _ feed: inout TelemetryFeed
  ) {
    guard feed.reads.endpoints else { return }
    if let last = pods.max() { learn(upTo: last, &feed) }
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
      let life = feed.lives.lives[pod.index]
      // Pods have no addresses in a simulation: one of the usual range stands for each.
      return .init(
        ip: "10.244.\(pod.index / 254).\(pod.index % 254 + 1)", isReady: true,
        pod: life.state.name, node: life.state.node)
    }
    let key = ObjectKey(Kind("Endpoints"), namespace: state.namespace, name: state.service)
    let exposition = KubeState.expose(endpoints: state, options: feed.reads.kubeState)
    feed.shown.show(exposition, of: key, at, &feed.store)
  }

  /// Pods that have come, before anything is told of them.
  func learn(upTo pod: PodID, _ feed: inout TelemetryFeed) {
    while feed.lives.lives.count <= pod.index {
      let pod = PodID(feed.lives.lives.count)
      let owner = owners[pods.views[pod.index].owner.index]
      let template = template(of: pod).template
      var state = PodState(
        namespace: owner.workload.namespace, name: podName(pod),
        uid: KubeState.text(uid: mix64(pods.causes[pod.index])), spec: template.spec)
      state.labels = owner.labels(of: template)
      if owner.key.kind != .pod {
        let isSet = owner.key.kind == .controllerRevision
        let key = isSet ? owner.workload : owner.key
        state.owner = .init(kind: key.kind.name, name: key.name)
      }
      feed.lives.lives.append(
        PodLives.Life(
          state: state, server: template.spec.initContainers.count,
          isShown: feed.lives.shows(state)))
    }
  }
}

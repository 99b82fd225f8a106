import ClusterAPI
import Control
import Kernel
import Units

extension World {
  /// Free workers take the keys that wait.
  mutating func startWork() {
    while let key = manager.deployment.queue.take() {
      if let input = deploymentInput(key) {
        follow(.deployment, key, manager.deployment.begin(key, now: queue.now, input: input))
      } else {
        manager.deployment.queue.done(key)
      }
    }
    while let key = manager.replicaSet.queue.take() {
      if let input = replicaSetInput(key) {
        follow(.replicaSet, key, manager.replicaSet.begin(key, now: queue.now, input: input))
      } else {
        manager.replicaSet.queue.done(key)
      }
    }
    while let key = manager.endpointSlice.queue.take() {
      let input = endpointSliceInput(key)
      follow(.endpointSlice, key, manager.endpointSlice.begin(key, now: queue.now, input: input))
    }
  }

  private func deploymentInput(_ key: UInt32) -> DeploymentController.Input? {
    guard Int(key) < manager.cache.deployments.count,
      let deployment = manager.cache.deployments[Int(key)]
    else { return nil }
    let cache = manager.cache
    var sets: [ReplicaSet] = []
    var oldPodsExist = false
    for (index, set) in cache.replicaSets.enumerated() {
      guard let set, set.meta.owner?.uid == deployment.meta.uid else { continue }
      sets.append(set)
      if set.spec.template != deployment.spec.template, !cache.podsOf[index].isEmpty {
        oldPodsExist = true
      }
    }
    return DeploymentController.Input(
      deployment: deployment, replicaSets: sets, oldPodsExist: oldPodsExist)
  }

  private func replicaSetInput(_ key: UInt32) -> ReplicaSetController.Input? {
    let cache = manager.cache
    let index = Int(key)
    guard index < cache.replicaSets.count, let set = cache.replicaSets[index] else { return nil }
    var active: [(id: PodID, rank: PodRank)] = []
    var (ready, available, terminating) = (0, 0, 0)
    var nextAvailable: Instant?
    for id in cache.podsOf[index] {
      guard let view = cache.pods[id.index] else { continue }
      if view.terminating {
        terminating += 1
        continue
      }
      if view.ready {
        ready += 1
        let at = view.readyTransition.instant + .seconds(Int64(set.spec.minReadySeconds))
        if set.spec.minReadySeconds == 0 || at <= queue.now {
          available += 1
        } else {
          nextAvailable = min(nextAvailable ?? at, at)
        }
      }
      active.append((id, rank(id, view, set)))
    }
    if active.count > set.spec.replicas {
      active.sort {
        PodRank.goesFirst($0.rank, $1.rank)
          || (!PodRank.goesFirst($1.rank, $0.rank) && $0.id < $1.id)
      }
    }
    return ReplicaSetController.Input(
      replicaSet: set, active: active.map(\.id), ready: ready, available: available,
      terminating: terminating, nextAvailable: nextAvailable,
      createdSeen: cache.createdSeen[index], deletedSeen: cache.deletedSeen[index])
  }

  private func endpointSliceInput(_ key: UInt32) -> EndpointSliceController.Input {
    let cache = manager.cache
    let id = ServiceID(key)
    let service = services.rows[id.index].service
    var input = EndpointSliceController.Input(
      service: id, ready: [], terminating: [],
      published: id.index < cache.endpoints.count ? cache.endpoints[id.index] : [])
    guard let selector = service.selector else { return input }
    for (index, set) in cache.replicaSets.enumerated() {
      guard let set, selects(selector, service, set) else { continue }
      for pod in cache.podsOf[index] {
        guard let view = cache.pods[pod.index] else { continue }
        if view.terminating {
          input.terminating.append(pod)
        } else if view.ready || service.publishNotReadyAddresses {
          input.ready.append(pod)
        }
      }
    }
    input.ready.sort()
    input.terminating.sort()
    return input
  }

  private func selects(_ selector: Labels, _ service: Service, _ set: ReplicaSet) -> Bool {
    set.meta.namespace == service.meta.namespace
      && LabelSelector(matchLabels: selector).matches(set.spec.template.labels)
  }

  private func rank(_ id: PodID, _ view: PodView, _ set: ReplicaSet) -> PodRank {
    var onNode = 0
    if !view.node.isNone {
      for (index, other) in manager.cache.replicaSets.enumerated()
      where other?.meta.owner?.uid == set.meta.owner?.uid && other != nil {
        onNode += manager.cache.podsOf[index].count {
          manager.cache.pods[$0.index]?.node == view.node
            && manager.cache.pods[$0.index]?.terminating == false
        }
      }
    }
    return PodRank(
      assigned: !view.node.isNone, phase: view.phase == .pending ? .pending : .running,
      ready: view.ready, rank: onNode, readyAge: queue.now - view.readyTransition.instant,
      maxRestarts: Int(view.restarts), creationAge: queue.now - view.created.instant,
      uid: String(podCause(id), radix: 16))
  }

  /// Performs what a pass came to: its request is sent, or its key is done.
  private mutating func follow(
    _ controller: ControllerManager.ControllerID, _ key: UInt32, _ attempt: Attempt
  ) {
    switch attempt {
    case .asked(let request): send(controller, key, request)
    case .done(let requeue):
      switch controller {
      case .deployment:
        let delay = manager.deployment.queue.finish(key, requeue)
        if let delay { again(controller, key, after: delay) }
      case .replicaSet:
        let delay = manager.replicaSet.queue.finish(key, requeue)
        if let delay { again(controller, key, after: delay) }
      case .rollbackGuard: preconditionFailure("a guard's pass goes another way")
      case .endpointSlice:
        let delay = manager.endpointSlice.queue.finish(key, requeue)
        if let delay { again(controller, key, after: delay) }
      }
    }
  }

  private mutating func again(
    _ controller: ControllerManager.ControllerID, _ key: UInt32, after delay: Span
  ) {
    push(.requeue, Int(key), at: queue.now + delay, extra: controller.rawValue)
  }

  /// A request leaves as soon as the client's own limit lets it.
  private mutating func send(
    _ controller: ControllerManager.ControllerID, _ key: UInt32, _ request: Request
  ) {
    let commands: [Command]
    let sideBySide: Bool
    switch request {
    case .write(let command): (commands, sideBySide) = ([command], false)
    case .writeAll(let all): (commands, sideBySide) = (all, true)
    case .objective, .decide, .report:
      preconditionFailure(
        "controller \(controller) asked \(request), which no Kubernetes controller does")
    }
    var at = queue.now
    for _ in commands { at = api.bucket.take(queue.now) }
    api.requests.append(
      APIServer.InFlight(
        controller: controller.rawValue, key: key, commands: commands, sideBySide: sideBySide))
    push(
      .requestArrives, api.requests.count - 1,
      at: at + options.latencies.apiRequest + api.addedLatency)
  }

  /// The API server performs the writes of a request; they take effect even if nobody listens.
  mutating func requestArrives(_ slot: Int) {
    var results: [WriteResult] = []
    for command in api.requests[slot].commands {
      api.served += 1
      let share = RandomStream.uniformOpen(
        draw(seed: options.seed, purpose: 100, cause: api.served, index: 0))
      results.append(
        share < api.refused.value ? .refused(.unavailable) : apply(command))
    }
    api.requests[slot].results = results
    if let query = api.requests[slot].objective { api.requests[slot].answer = measure(query) }
    push(
      .answerArrives, slot, at: queue.now + options.latencies.apiRequest + api.addedLatency)
  }

  mutating func answerArrives(_ slot: Int) {
    let request = api.requests[slot]
    api.requests[slot].commands = []
    api.requests[slot].results = []
    if request.orphaned { return }
    if let measured = request.answer { return guardAnswered(request.key, .objective(measured)) }
    let answer: Answer =
      request.sideBySide ? .allWritten(request.results) : .written(request.results[0])
    switch ControllerManager.ControllerID(rawValue: request.controller) {
    case .deployment:
      if let attempt = manager.deployment.resume(request.key, with: answer) {
        follow(.deployment, request.key, attempt)
      }
    case .replicaSet:
      if let attempt = manager.replicaSet.resume(request.key, with: answer) {
        follow(.replicaSet, request.key, attempt)
      }
    case .endpointSlice:
      if let attempt = manager.endpointSlice.resume(request.key, with: answer) {
        follow(.endpointSlice, request.key, attempt)
      }
    case .rollbackGuard: guardAnswered(request.key, answer)
    case nil: preconditionFailure("answer for unknown controller \(request.controller)")
    }
  }

  /// The controller manager dies and comes back: all but the stored objects is lost, it lists anew.
  public mutating func crashControllers() {
    for index in api.requests.indices
    where api.requests[index].controller
      != ControllerManager.ControllerID.rollbackGuard.rawValue
    {
      api.requests[index].orphaned = true
    }
    manager.deployment.crash()
    manager.replicaSet.crash()
    manager.endpointSlice.crash()
    relist()
    startWork()
    wakeCursors()
  }

  /// How many requests controllers have sent so far.
  public var requestCount: Int { api.requests.count }

  private mutating func relist() {
    manager.cache = InformerCache()
    for change in listing() { see(change) }
    for index in services.rows.indices { manager.endpointSlice.queue.add(UInt32(index)) }
    manager.cursor.skipToEnd(log, now: queue.now)
  }

  /// All that is stored, as a list gives it to a watcher that begins anew.
  func listing() -> [LogEntry.Change] {
    var all: [LogEntry.Change] = []
    for (index, deployment) in deployments.enumerated() {
      all.append(.deployment(DeploymentID(index), deployment))
    }
    for (index, set) in replicaSets.enumerated() {
      if let set { all.append(.replicaSet(ReplicaSetID(index), set)) }
    }
    for (index, view) in pods.views.enumerated() where !view.gone {
      all.append(.pod(PodID(index), view))
    }
    for (index, row) in services.rows.enumerated() {
      all.append(.endpoints(ServiceID(index), row.ready))
    }
    return all
  }

  private mutating func see(_ change: LogEntry.Change) {
    let (set, deployment) = manager.cache.take(change)
    if let set { manager.replicaSet.queue.add(set.raw) }
    if let deployment { manager.deployment.queue.add(deployment.raw) }
    // A write that has come back may be older than what has been seen since.
    if case .endpoints(let id, _) = change { manager.endpointSlice.queue.add(id.raw) }
    guard case .pod(_, let view) = change, !view.owner.isNone,
      view.owner.index < manager.cache.replicaSets.count,
      let owner = manager.cache.replicaSets[view.owner.index]
    else { return }
    for (index, row) in services.rows.enumerated() {
      if let selector = row.service.selector, selects(selector, row.service, owner) {
        manager.endpointSlice.queue.add(UInt32(index))
      }
    }
  }

  mutating func watchArrives() {
    switch manager.cursor.step(log, now: queue.now) {
    case .entry(let entry): see(entry.change)
    case .expired: relist()
    case .nothing: break
    }
  }

  /// Tells every watcher of what has been written.
  mutating func wakeCursors() {
    let (seed, latencies) = (options.seed, options.latencies)
    func lag(_ purpose: DrawPurpose) -> (Int) -> Span {
      { position in
        let u = RandomStream.uniformOpen(
          draw(seed: seed, purpose: purpose.rawValue, cause: UInt64(position), index: 0))
        return latencies.watch + Span(ns: Int64(Double(latencies.watchJitter.ns) * u))
      }
    }
    if let at = manager.cursor.notice(log, lag: lag(.watchLag)) {
      push(.watchArrives, 0, at: max(at, queue.now + Span(ns: 1)))
    }
    if !options.guards.isEmpty, let at = guards.cursor.notice(log, lag: lag(.guardLag)) {
      push(.guardWatch, 0, at: max(at, queue.now + Span(ns: 1)))
    }
    if let at = scheduler.cursor.notice(log, lag: lag(.schedulerLag)) {
      push(.schedulerWatch, 0, at: max(at, queue.now + Span(ns: 1)))
    }
  }
}

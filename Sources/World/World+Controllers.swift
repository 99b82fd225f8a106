import ClusterAPI
import Control
import Kernel
import Units

extension World {
  /// Free workers take the keys that wait.
  mutating func startWork() {
    startNodeWork()
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
    while let key = manager.resourceQuota.queue.take() {
      if let input = resourceQuotaInput(key) {
        follow(.resourceQuota, key, manager.resourceQuota.begin(key, now: queue.now, input: input))
      } else {
        manager.resourceQuota.queue.done(key)
      }
    }
  }

  private mutating func startNodeWork() {
    while let key = manager.nodeLifecycle.queue.take() {
      if let input = nodeLifecycleInput(key) {
        follow(.nodeLifecycle, key, manager.nodeLifecycle.begin(key, now: queue.now, input: input))
      } else {
        manager.nodeLifecycle.queue.done(key)
      }
    }
    while let key = manager.taintEviction.queue.take() {
      if let input = taintEvictionInput(key) {
        follow(.taintEviction, key, manager.taintEviction.begin(key, now: queue.now, input: input))
      } else {
        manager.taintEviction.queue.done(key)
      }
    }
  }

  private func deploymentInput(_ key: UInt32) -> DeploymentController.Input? {
    guard Int(key) < manager.cache.deployments.count,
      let deployment = manager.cache.deployments[Int(key)]
    else { return nil }
    var sets: [ReplicaSet] = []
    var oldPodsExist = false
    var isNew = true
    for index in manager.cache.exists.indices
    where manager.cache.ownerUIDs[index] == deployment.meta.uid && manager.cache.exists[index] {
      guard let set = manager.cache.replicaSets[index] else { continue }
      sets.append(set)
      if set.spec.template == deployment.spec.template {
        isNew = false
      } else if !manager.cache.podsOf[index].isEmpty {
        oldPodsExist = true
      }
    }
    return DeploymentController.Input(
      deployment: deployment, replicaSets: sets, oldPodsExist: oldPodsExist,
      templateHash: isNew ? TemplateHash.text(deployment.spec.template) : nil)
  }

  private func replicaSetInput(_ key: UInt32) -> ReplicaSetController.Input? {
    let cache = manager.cache
    let index = Int(key)
    guard index < cache.replicaSets.count, let set = cache.replicaSets[index] else { return nil }
    var active: [PodID] = []
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
      active.append(id)
    }
    if active.count > set.spec.replicas { active = inOrderOfDeletion(active, of: set) }
    return ReplicaSetController.Input(
      replicaSet: set, active: active, ready: ready, available: available,
      terminating: terminating, nextAvailable: nextAvailable,
      createdSeen: cache.createdSeen[index], deletedSeen: cache.deletedSeen[index])
  }

  private mutating func endpointSliceInput(_ key: UInt32) -> EndpointSliceController.Input {
    let cache = manager.cache
    let id = ServiceID(key)
    let publishNotReady = services.rows[id.index].service.publishNotReadyAddresses
    var input = EndpointSliceController.Input(
      service: id, ready: [], terminating: [],
      published: id.index < cache.endpoints.count ? cache.endpoints[id.index] : [])
    input.ready.reserveCapacity(input.published.count + 8)
    guard services.rows[id.index].service.selector != nil else { return input }
    for index in cache.replicaSets.indices where !cache.podsOf[index].isEmpty {
      guard cache.exists[index] else { continue }
      guard services.selects(id, index) ?? selectors(of: index).contains(id) else { continue }
      for pod in cache.podsOf[index] {
        guard let view = cache.pods[pod.index] else { continue }
        if view.terminating {
          input.terminating.append(pod)
        } else if view.ready || publishNotReady {
          input.ready.append(pod)
        }
      }
    }
    // Pods of one ReplicaSet come in order.
    if !isAscending(input.ready) { input.ready.sort() }
    if !isAscending(input.terminating) { input.terminating.sort() }
    return input
  }

  private func isAscending(_ pods: [PodID]) -> Bool {
    for index in pods.indices.dropFirst() where pods[index] < pods[index - 1] { return false }
    return true
  }

  /// The Services that select the pods of a ReplicaSet, as far as the controllers know it.
  private mutating func selectors(of set: Int) -> [ServiceID] {
    guard manager.cache.exists[set] else { return [] }
    if let known = services.known(of: set) { return known }
    guard let object = manager.cache.replicaSets[set] else { return [] }
    return services.selectors(
      of: set, namespace: object.meta.namespace, labels: object.spec.template.labels)
  }

  /// The order of `ActivePodsWithRanks`: a pod's rank is how many pods of the same owner its node has.
  private func inOrderOfDeletion(_ active: [PodID], of set: ReplicaSet) -> [PodID] {
    let cache = manager.cache
    var onNode = [Int](repeating: 0, count: nodes.rows.count)
    for index in cache.exists.indices
    where cache.exists[index] && cache.ownerUIDs[index] == set.meta.owner?.uid ?? 0 {
      for id in cache.podsOf[index] {
        guard let view = cache.pods[id.index], !view.terminating, !view.node.isNone else {
          continue
        }
        onNode[view.node.index] += 1
      }
    }
    var (ids, ranks): ([PodID], [PodRank]) = ([], [])
    ids.reserveCapacity(active.count)
    ranks.reserveCapacity(active.count)
    for id in active {
      guard let view = cache.pods[id.index] else { continue }
      let rank = PodRank(
        assigned: !view.node.isNone, phase: view.phase == .pending ? .pending : .running,
        ready: view.ready, rank: view.node.isNone ? 0 : onNode[view.node.index],
        readyAge: queue.now - view.readyTransition.instant, maxRestarts: Int(view.restarts),
        creationAge: queue.now - view.created.instant, uid: String(podCause(id), radix: 16))
      ids.append(id)
      ranks.append(rank)
    }
    // Positions move, not the ranks.
    let order = ids.indices.sorted {
      PodRank.goesFirst(ranks[$0], ranks[$1])
        || (!PodRank.goesFirst(ranks[$1], ranks[$0]) && ids[$0] < ids[$1])
    }
    return order.map { ids[$0] }
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
      case .nodeLifecycle:
        let delay = manager.nodeLifecycle.queue.finish(key, requeue)
        if let delay { again(controller, key, after: delay) }
      case .taintEviction:
        let delay = manager.taintEviction.queue.finish(key, requeue)
        if let delay { again(controller, key, after: delay) }
      case .endpointSlice:
        let delay = manager.endpointSlice.queue.finish(key, requeue)
        if let delay { again(controller, key, after: delay) }
      case .resourceQuota:
        let delay = manager.resourceQuota.queue.finish(key, requeue)
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
    let slot = api.requests.append(
      APIServer.InFlight(
        controller: controller.rawValue, key: key, commands: commands, sideBySide: sideBySide))
    push(
      .requestArrives, slot,
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
    let request = api.requests.take(slot)
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
    case .nodeLifecycle:
      if let attempt = manager.nodeLifecycle.resume(request.key, with: answer) {
        follow(.nodeLifecycle, request.key, attempt)
      }
    case .taintEviction:
      if let attempt = manager.taintEviction.resume(request.key, with: answer) {
        follow(.taintEviction, request.key, attempt)
      }
    case .resourceQuota:
      if let attempt = manager.resourceQuota.resume(request.key, with: answer) {
        follow(.resourceQuota, request.key, attempt)
      }
    case .rollbackGuard: guardAnswered(request.key, answer)
    case nil: preconditionFailure("answer for unknown controller \(request.controller)")
    }
  }

  /// The controller manager dies and comes back: all but the stored objects is lost, it lists anew.
  public mutating func crashControllers() {
    let guards = ControllerManager.ControllerID.rollbackGuard.rawValue
    api.requests.update { if $0.controller != guards { $0.orphaned = true } }
    manager.deployment.crash()
    manager.replicaSet.crash()
    manager.endpointSlice.crash()
    manager.resourceQuota.crash()
    restartNodeMonitor()
    relist()
    startWork()
    wakeCursors()
  }

  /// How many requests controllers have sent so far.
  public var requestCount: Int { api.requests.begun }

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
    for (index, row) in nodes.rows.enumerated() {
      all.append(.node(NodeID(index), row.view))
    }
    for (index, row) in services.rows.enumerated() {
      all.append(.endpoints(ServiceID(index), row.ready))
    }
    for (index, quota) in admission.quotas.enumerated() {
      all.append(.resourceQuota(ResourceQuotaID(index), quota))
    }
    return all
  }

  private mutating func see(_ change: LogEntry.Change) {
    quotaControllerSees(change)
    let (set, deployment) = manager.cache.take(change)
    nodeControllersSee(change)
    if let set { manager.replicaSet.queue.add(set.raw) }
    if let deployment { manager.deployment.queue.add(deployment.raw) }
    // A write that has come back may be older than what has been seen since.
    if case .endpoints(let id, _) = change { manager.endpointSlice.queue.add(id.raw) }
    guard case .pod(_, let view) = change, !view.owner.isNone,
      view.owner.index < manager.cache.replicaSets.count
    else { return }
    for service in selectors(of: view.owner.index) { manager.endpointSlice.queue.add(service.raw) }
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
    let isNews =
      manager.cursor.hasNews(log) || scheduler.cursor.hasNews(log)
      || (!options.guards.isEmpty && guards.cursor.hasNews(log))
    guard isNews else { return }
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

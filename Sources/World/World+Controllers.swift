import ClusterAPI
import Control
import Kernel
import Units

extension World {
  /// Free workers take the keys that wait.
  mutating func startWork() {
    for id in ControllerManager.ControllerID.inOrder { tell(id, .work) }
  }

  /// A request leaves as soon as the client's own limit lets it.
  mutating func send(
    _ controller: ControllerManager.ControllerID, _ key: UInt32, _ request: Request
  ) {
    let commands: [Command]
    let sideBySide: Bool
    var query: Query?
    switch request {
    case .write(let command): (commands, sideBySide) = ([command], false)
    case .writeAll(let all): (commands, sideBySide) = (all, true)
    case .read(let asked):
      (commands, sideBySide) = ([], false)
      query = asked
    case .measure, .decide, .report:
      preconditionFailure(
        "controller \(controller) asked \(request), which no Kubernetes controller does")
    }
    var at = queue.now
    if controller.isManagers {
      for _ in 0..<max(1, commands.count) { at = api.bucket.take(queue.now) }
    }
    var sent = APIServer.InFlight(
      controller: controller.rawValue, key: key, commands: commands, sideBySide: sideBySide)
    sent.query = query
    let slot = api.requests.append(sent)
    push(
      .requestArrives, slot,
      at: api.effect(arrival: at + api.leg(slowness), slowness))
  }

  /// The API server performs the writes of a request; they take effect even if nobody listens.
  mutating func requestArrives(_ slot: Int) {
    var results = api.requests[slot].results
    for command in api.requests[slot].commands[results.count...] {
      results.append(isRefused() ? .refused(.unavailable) : apply(command))
      if api.isSerial { break }
    }
    api.requests[slot].results = results
    if results.count < api.requests[slot].commands.count {
      return push(.requestArrives, slot, at: api.effect(arrival: queue.now, slowness))
    }
    if let query = api.requests[slot].query {
      api.requests[slot].found = isRefused() ? .refused(.unavailable) : answer(query)
    }
    if let query = api.requests[slot].measured { api.requests[slot].result = .some(measure(query)) }
    push(
      .answerArrives, slot, at: queue.now + api.leg(slowness))
  }

  /// Whether a faulty API server turns the next request away.
  private mutating func isRefused() -> Bool {
    api.served += 1
    let share = RandomStream.uniformOpen(
      draw(seed: options.seed, purpose: 100, cause: api.served, index: 0))
    return share < api.refused.value
  }

  mutating func answerArrives(_ slot: Int) {
    let request = api.requests.take(slot)
    if request.orphaned { return }
    if let result = request.result { return guardAnswered(request.key, .measured(result)) }
    let answer: Answer
    if let found = request.found {
      answer = .read(found)
    } else {
      answer = request.sideBySide ? .allWritten(request.results) : .written(request.results[0])
    }
    guard let id = ControllerManager.ControllerID(rawValue: request.controller) else {
      preconditionFailure("answer for unknown controller \(request.controller)")
    }
    if id == .rollbackGuard {
      guardAnswered(request.key, answer)
    } else {
      tell(id, .answer(request.key, answer))
    }
  }

  /// The controller manager dies and comes back: all but the stored objects is lost, it lists anew.
  public mutating func crashControllers() {
    let managers = ControllerManager.ControllerID.allCases.filter(\.isManagers)
    let numbers = managers.map(\.rawValue)
    api.requests.update { if numbers.contains($0.controller) { $0.orphaned = true } }
    for id in managers { tell(id, .crash) }
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
    for (index, deployment) in deploymentRows.enumerated() {
      if let deployment { all.append(.deployment(DeploymentID(index), deployment)) }
    }
    for (index, set) in replicaSets.enumerated() {
      if let set { all.append(.replicaSet(ReplicaSetID(index), set)) }
    }
    for (index, set) in workloads.statefulSets.rows.enumerated() {
      if let set { all.append(.statefulSet(ID(index), set)) }
    }
    for (index, set) in workloads.daemonSets.rows.enumerated() {
      if let set { all.append(.daemonSet(ID(index), set)) }
    }
    for (index, job) in workloads.jobs.rows.enumerated() {
      if let job { all.append(.job(ID(index), job)) }
    }
    for (index, revision) in workloads.revisions.enumerated() {
      if let revision { all.append(.controllerRevision(OwnerID(index), revision)) }
    }
    for (index, view) in pods.views.enumerated() where !view.gone {
      all.append(.pod(PodID(index), view))
    }
    for (index, row) in nodes.rows.enumerated() where !row.isDeleted {
      all.append(.node(NodeID(index), row.view))
    }
    for (index, row) in services.rows.enumerated() {
      all.append(.endpoints(ServiceID(index), row.ready))
    }
    for (index, quota) in admission.quotaRows.enumerated() {
      if let quota { all.append(.resourceQuota(ResourceQuotaID(index), quota)) }
    }
    for (index, budget) in budgetRows.enumerated() {
      if let budget { all.append(.disruptionBudget(DisruptionBudgetID(index), budget)) }
    }
    for (index, autoscaler) in autoscalerRows.enumerated() {
      if let autoscaler { all.append(.autoscaler(AutoscalerID(index), autoscaler)) }
    }
    return all
  }

  /// The informers take the change in, and each controller adds the keys that it touches.
  private mutating func see(_ change: LogEntry.Change) {
    quotaControllerSees(change)
    let touched = manager.cache.take(change)
    for id in ControllerManager.ControllerID.inOrder { tell(id, .change(change, touched)) }
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
    let (seed, latencies, slowness) = (options.seed, options.latencies, slowness)
    func lag(_ purpose: DrawPurpose) -> (Int) -> Span {
      { position in
        let u = RandomStream.uniformOpen(
          draw(seed: seed, purpose: purpose.rawValue, cause: UInt64(position), index: 0))
        return latencies.watch(u, slowness: slowness)
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

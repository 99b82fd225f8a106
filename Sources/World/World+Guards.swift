import ClusterAPI
import Control
import Kernel
import PromQL
import Units

extension World {
  /// The guards' worker takes the keys that wait.
  mutating func startGuards() {
    while let key = guards.runtime.queue.take() {
      guard let input = guardInput(key) else {
        guards.runtime.queue.done(key)
        continue
      }
      follow(key, guards.runtime.begin(key, now: queue.now, input: input))
    }
  }

  private func guardInput(_ key: UInt32) -> RollbackGuardController.Input? {
    let rule = options.guards[Int(key)]
    let cache = guards.cache
    guard
      let deployment = cache.deployments.compactMap({ $0 }).first(where: {
        $0.meta.name == rule.deployment.name && $0.meta.namespace == rule.deployment.namespace
      })
    else { return nil }
    var input = RollbackGuardController.Input(
      rule: rule, deployment: deployment, replicaSets: [], restarts: 0, restartingPods: 0)
    for (index, set) in cache.replicaSets.enumerated() {
      guard let set, set.meta.owner?.uid == deployment.meta.uid else { continue }
      input.replicaSets.append(set)
      guard set.spec.template == deployment.spec.template else { continue }
      for pod in cache.podsOf[index] {
        let restarts = Int(cache.pods[pod.index]?.restarts ?? 0)
        input.restarts += restarts
        if restarts > 0 { input.restartingPods += 1 }
      }
    }
    return input
  }

  /// Goes on with a guard's pass until it ends or waits for a request under way.
  private mutating func follow(_ key: UInt32, _ begun: Attempt) {
    var attempt = begun
    while true {
      switch attempt {
      case .done(let requeue):
        if let delay = guards.runtime.queue.finish(key, requeue) {
          push(
            .requeue, Int(key), at: queue.now + delay,
            extra: ControllerManager.ControllerID.rollbackGuard.rawValue)
        }
        return
      case .asked(.decide(let decision)):
        guard let next = guards.runtime.resume(key, with: .decided(take(decision))) else { return }
        attempt = next
      case .asked(.report(let subject, let reason)):
        note(.reported(subject, reason))
        guard let next = guards.runtime.resume(key, with: .reported) else { return }
        attempt = next
      case .asked(.measure(let query)):
        send(key, commands: [], query: query)
        return
      case .asked(.write(let command)):
        send(key, commands: [command], query: nil)
        return
      case .asked(.writeAll), .asked(.read):
        preconditionFailure("a rollback guard asked for what it has no use for")
      }
    }
  }

  private mutating func take(_ decision: Decision) -> DecisionOption {
    let override = overrides.first {
      $0.subject == decision.subject && $0.revision == decision.revision
    }
    let taken = override?.option ?? decision.option
    let again = decisions.contains {
      $0.decision.subject == decision.subject && $0.decision.revision == decision.revision
        && $0.taken == taken
    }
    if !again {
      decisions.append(TakenDecision(at: queue.now, decision: decision, taken: taken))
      note(.decided(decision, taken: taken))
    }
    return taken
  }

  private mutating func send(_ key: UInt32, commands: [Command], query: String?) {
    var request = APIServer.InFlight(
      controller: ControllerManager.ControllerID.rollbackGuard.rawValue, key: key,
      commands: commands, sideBySide: false)
    request.measured = query
    let at = commands.isEmpty ? queue.now : guards.bucket.take(queue.now)
    guards.requestCount += 1
    let slot = api.requests.append(request)
    push(.requestArrives, slot, at: at + options.latencies.apiRequest)
  }

  /// Prometheus' answer to a query; nil: it has an error.
  mutating func measure(_ text: String) -> MeasuredResult? {
    scrape(through: queue.now)
    guard let query = feed?.asked.query(text), let store = telemetry,
      let result = try? query.instant(at: store.end, in: store)
    else { return nil }
    switch result.value {
    case .scalar(let number): return .scalar(number)
    case .vector(let elements): return .vector(elements.map(\.value))
    case .string, .matrix: return nil
    }
  }

  mutating func guardAnswered(_ key: UInt32, _ answer: Answer) {
    guard let attempt = guards.runtime.resume(key, with: answer) else { return }
    follow(key, attempt)
  }

  mutating func guardWatchArrives() {
    switch guards.cursor.step(log, now: queue.now) {
    case .entry(let entry): guardSees(entry.change)
    case .expired: relistGuards()
    case .nothing: break
    }
  }

  private mutating func guardSees(_ change: LogEntry.Change) {
    let seen = guards.cache.take(change)
    guard let id = seen.deployment, let object = guards.cache.deployments[id.index] else { return }
    for (index, rule) in options.guards.enumerated()
    where rule.deployment.name == object.meta.name
      && rule.deployment.namespace == object.meta.namespace
    {
      guards.runtime.queue.add(UInt32(index))
    }
  }

  mutating func relistGuards() {
    guards.cache = InformerCache()
    for change in listing() { guardSees(change) }
    guards.cursor.skipToEnd(log, now: queue.now)
  }

  /// The guards' process dies and comes back: all but the stored objects is lost.
  public mutating func crashGuards() {
    let own = ControllerManager.ControllerID.rollbackGuard.rawValue
    api.requests.update { if $0.controller == own { $0.orphaned = true } }
    guards.runtime.crash()
    relistGuards()
    startGuards()
  }
}

import ClusterAPI
import Control
import Kernel
import Units

extension World {
  mutating func schedulerWatchArrives() {
    switch scheduler.cursor.step(log, now: queue.now) {
    case .entry(let entry):
      switch entry.change {
      case .pod(let id, let view): schedulerSees(id, view)
      case .node(let id, let view): schedulerSees(id, view)
      case .nodeDeleted(let id): scheduler.cache.removeNode(id.index)
      default: break
      }
    case .expired:
      scheduler.cursor.skipToEnd(log, now: queue.now)
      for index in nodes.rows.indices {
        if nodes.rows[index].isDeleted {
          scheduler.cache.removeNode(index)
        } else {
          schedulerSees(NodeID(index), nodes.rows[index].view)
        }
      }
      for index in pods.views.indices { schedulerSees(PodID(index), pods.views[index]) }
    case .nothing: break
    }
    wakeScheduler()
  }

  mutating func schedulerSees(_ id: NodeID, _ view: NodeView) {
    scheduler.cache.setNode(id.index, SchedulingNode(view))
    moveUnschedulable(after: .node)
  }

  private mutating func schedulerSees(_ pod: PodID, _ view: PodView) {
    scheduler.queue.grow(to: pod)
    let row = scheduler.queue.rows[pod.index]
    if row.place == .left { return }
    if view.gone || view.phase == .succeeded || view.phase == .failed {
      unnominate(pod)
      leaveNode(pod)
      return scheduler.queue.leave(pod)
    }
    if view.node.isNone {
      if row.node >= 0 { return }
      if view.terminating { return scheduler.queue.leave(pod) }
      guard row.place == .unknown else { return }
      scheduler.queue.rows[pod.index].priority = kind(of: pod).priority
      return scheduler.queue.activate(pod)
    }
    if row.place != .bound {
      if row.node < 0 {
        scheduler.queue.leave(pod)
        occupy(pod, view.node)
      }
      scheduler.queue.rows[pod.index].place = .bound
      moveUnschedulable(after: .podPlaced)
    }
    if view.terminating, !row.terminating {
      scheduler.queue.rows[pod.index].terminating = true
      scheduler.cache.markTerminating(kind(of: pod).template, on: view.node.index)
      moveUnschedulable(after: .podTerminating)
    }
  }

  private mutating func occupy(_ pod: PodID, _ node: NodeID) {
    let kind = kind(of: pod)
    scheduler.cache.place(kind.template, on: node.index)
    scheduler.placedPriorities[kind.priority, default: 0] += 1
    scheduler.queue.rows[pod.index].node = Int32(node.index)
    unnominate(pod)
  }

  private mutating func leaveNode(_ pod: PodID) {
    let row = scheduler.queue.rows[pod.index]
    guard row.node >= 0 else { return }
    let kind = kind(of: pod)
    scheduler.cache.remove(kind.template, from: Int(row.node), isTerminating: row.terminating)
    scheduler.placedPriorities[kind.priority, default: 0] -= 1
    scheduler.queue.rows[pod.index].node = -1
    scheduler.queue.rows[pod.index].terminating = false
    moveUnschedulable(after: .podGone)
  }

  private mutating func moveUnschedulable(after change: SchedulerPlugin.ClusterChange) {
    for pod in scheduler.queue.move(after: change, now: queue.now) {
      push(.schedulerTimer, pod.index, at: scheduler.queue.backOffEnd(pod))
    }
  }

  private mutating func wakeScheduler() {
    guard !scheduler.busy, !scheduler.queue.isEmpty else { return }
    scheduler.busy = true
    push(.scheduleOne, 0, at: queue.now + slowed(options.latencies.schedulingCycle))
  }

  mutating func schedulerTimer(_ pod: PodID) {
    scheduler.queue.timeHasCome(pod, now: queue.now)
    wakeScheduler()
  }

  /// One scheduling cycle.
  mutating func scheduleOne() {
    scheduler.busy = false
    if let pod = scheduler.queue.take() { place(pod) }
    wakeScheduler()
  }

  /// Chooses a node for the pod, assumes that it runs there, and sends the binding.
  private mutating func place(_ pod: PodID) {
    let kind = kind(of: pod)
    let attempts = scheduler.queue.rows[pod.index].attempts
    scheduler.queue.rows[pod.index].attempts = attempts < .max ? attempts + 1 : attempts
    let others = placeNominated(for: pod, kind)
    let decision = scheduler.cache.decide(kind.template)
    if decision.best.isEmpty {
      reject(pod, decision, kind)
      return takeBack(others)
    }
    takeBack(others)
    occupy(pod, choose(among: decision.best, for: pod, attempt: UInt64(attempts)))
    scheduler.queue.rows[pod.index].place = .assumed
    let sent = scheduler.bucket.take(queue.now)
    push(
      .bindingArrives, pod.index,
      at: api.effect(arrival: sent + api.leg(slowness), slowness))
  }

  /// Equally good nodes: the scheduler takes any of them.
  private func choose(among best: [Int32], for pod: PodID, attempt: UInt64) -> NodeID {
    if let name = options.tiedNodes[pod.index], let node = nodes.id(name),
      best.contains(Int32(node.index))
    {
      return node
    }
    let u = uniform(.tiedNodes, cause: podCause(pod), index: attempt)
    return NodeID(Int(best.sorted()[min(best.count - 1, Int(u * Double(best.count)))]))
  }

  private mutating func reject(
    _ pod: PodID, _ decision: SchedulingDecision, _ kind: SchedulerState.Kind
  ) {
    scheduler.queue.park(pod, rejectedBy: decision.rejectingPlugins, now: queue.now)
    push(.schedulerTimer, pod.index, at: SchedulingBackOff.leftoverFlush(failed: queue.now))
    let message = decision.failedSchedulingMessage(preemption: preempt(pod, decision, kind))
    _ = apply(.markUnschedulable(pod, message: message))
  }

  /// The API server stores the binding, or refuses it, and then the scheduler forgets the pod's node.
  mutating func bindingArrives(_ pod: PodID) {
    let row = scheduler.queue.rows[pod.index]
    guard row.place == .assumed, row.node >= 0 else { return }
    let share = uniform(.binding, cause: podCause(pod), index: UInt64(row.attempts))
    let isRefused = share < api.refused.value
    if !isRefused, apply(.bindPod(pod, NodeID(Int(row.node)))).isWritten { return }
    leaveNode(pod)
    if isRefused {
      scheduler.queue.backOffAfterError(pod, now: queue.now)
      push(.schedulerTimer, pod.index, at: scheduler.queue.backOffEnd(pod))
    } else {
      scheduler.queue.leave(pod)
    }
    wakeScheduler()
  }

  /// Condition PodScheduled=False, reason Unschedulable, with the scheduler's message.
  mutating func markUnschedulable(_ pod: PodID, _ message: String) -> WriteResult {
    guard !pods.views[pod.index].gone, pods.views[pod.index].node.isNone else {
      return .refused(.conflict)
    }
    if pods.unschedulable[pod] != message {
      pods.unschedulable[pod] = message
      storePod(pod)
      note(.podUnschedulable(pod, message: message))
    }
    return .written(resourceVersion: log.resourceVersion, uid: 0)
  }
}

import ClusterAPI
import Control
import Kernel
import Units

// A pod that fits nowhere makes room for itself, where its priority allows.
extension World {
  /// Counts pods that wait for their victims where they are going to run, as far as this pod has to
  /// give way to them (`RunFilterPluginsWithNominatedPods`).
  mutating func placeNominated(
    for pod: PodID, _ kind: SchedulerState.Kind
  ) -> [(template: Int, node: Int)] {
    var placed: [(template: Int, node: Int)] = []
    for other in scheduler.nominated where other != pod {
      let (row, its) = (scheduler.queue.rows[other.index], self.kind(of: other))
      guard its.priority >= kind.priority else { continue }
      scheduler.cache.place(its.template, on: Int(row.nominated))
      placed.append((its.template, Int(row.nominated)))
    }
    return placed
  }

  mutating func takeBack(_ placed: [(template: Int, node: Int)]) {
    for each in placed {
      scheduler.cache.remove(each.template, from: each.node, isTerminating: false)
    }
  }

  mutating func unnominate(_ pod: PodID) {
    guard scheduler.queue.rows[pod.index].nominated >= 0 else { return }
    scheduler.queue.rows[pod.index].nominated = -1
    scheduler.nominated.removeAll { $0 == pod }
  }

  /// Finds pods to delete for one that no node took, and has them deleted (`Evaluator.Preempt`).
  mutating func preempt(
    _ pod: PodID, _ decision: SchedulingDecision, _ kind: SchedulerState.Kind
  ) -> SchedulingDecision.Preemption {
    if kind.neverPreempts { return .never }
    guard scheduler.placedPriorities.contains(where: { $0.key < kind.priority && $0.value > 0 })
    else { return .noVictims }
    let own = scheduler.queue.rows[pod.index].nominated
    if own >= 0, isWaitingForVictims(on: own, below: kind.priority, decision) {
      return .victimsTerminating
    }
    let tie = uniform(
      .preemption, cause: podCause(pod), index: UInt64(scheduler.queue.rows[pod.index].attempts))
    let found = scheduler.cache.preemption(
      for: kind.template, priority: kind.priority, decision: decision, pods: placedPods(),
      allowed: budgets.map(\.status.disruptionsAllowed), tie: tie)
    guard let found else {
      unnominate(pod)
      return .noVictims
    }
    if own < 0 { scheduler.nominated.append(pod) }
    scheduler.queue.rows[pod.index].nominated = found.node
    for victim in found.victims where !victim.isTerminating {
      note(.podPreempted(victim.id, by: pod))
      pods.kubelet[victim.id.index].isPreempted = true
      let sent = scheduler.bucket.take(queue.now)
      push(
        .victimIsDeleted, victim.id.index,
        at: api.effect(arrival: sent + api.leg(slowness), slowness))
    }
    // Those of lower priority that were to run there look for another place.
    for other in scheduler.nominated
    where other != pod && scheduler.queue.rows[other.index].nominated == found.node
      && self.kind(of: other).priority < kind.priority
    {
      unnominate(other)
    }
    return .nominated
  }

  /// `PodEligibleToPreemptOthers`
  private mutating func isWaitingForVictims(
    on node: Int32, below priority: Int32, _ decision: SchedulingDecision
  ) -> Bool {
    if decision.rejections.contains(where: { $0.node == node && $0.isUnresolvable }) {
      return false
    }
    for (index, view) in pods.views.enumerated()
    where view.node.raw == UInt32(node) && !view.gone && view.terminating
      && pods.kubelet[index].isPreempted
    {
      if kind(of: PodID(index)).priority < priority { return true }
    }
    return false
  }

  /// Every pod that the scheduler counts on a node.
  private mutating func placedPods() -> [PlacedPod] {
    var placed: [PlacedPod] = []
    let budgets = budgets
    for index in 0..<scheduler.queue.rows.count {
      let row = scheduler.queue.rows[index]
      guard row.node >= 0 else { continue }
      let (pod, kind) = (PodID(index), kind(of: PodID(index)))
      let chosen = budgets.indices.filter { budget in
        selects(budgets[budget], pod)
          && !budgets[budget].status.disruptedPods.contains { $0.pod == pod }
      }
      placed.append(
        PlacedPod(
          id: pod, template: kind.template, node: row.node, priority: kind.priority,
          start: pods.kubelet[index].startedAt, isTerminating: row.terminating, budgets: chosen))
    }
    return placed
  }
}

import ClusterAPI
import Control
import Kernel
import Units

extension DisruptionController: Resident {
  static var id: ControllerManager.ControllerID { .disruption }
  static var place: WritableKeyPath<ControllerManager, ControllerRuntime<Self>> { \.disruption }

  static func input(_ key: UInt32, in world: inout World) -> Input? { world.budgetInput(key) }

  static func sees(
    _ change: LogEntry.Change, _ touched: InformerCache.Touched, in world: inout World
  ) {
    let cache = world.manager.cache
    if cache.budgets.isEmpty { return }
    switch change {
    case .disruptionBudget(let id, _): world.manager.disruption.queue.add(id.raw)
    case .pod(let pod, _): world.budgetsOf(pod)
    case .replicaSet(let id, _): cache.podsOf[id.index].first.map { world.budgetsOf($0) }
    default: break
    }
  }
}

extension DrainController: Resident {
  static var id: ControllerManager.ControllerID { .drain }
  static var place: WritableKeyPath<ControllerManager, ControllerRuntime<Self>> { \.drain }

  static func input(_ key: UInt32, in world: inout World) -> Input? {
    let view = world.pods.views[Int(key)]
    return Input(pod: PodID(key), isLeaving: view.gone || view.terminating)
  }

  /// kubectl asks the API server itself, and knows what it listed when it began.
  static func sees(
    _ change: LogEntry.Change, _ touched: InformerCache.Touched, in world: inout World
  ) {}
}

// Disruption budgets as they are stored, and the eviction subresource that asks them.
extension World {
  mutating func write(_ id: DisruptionBudgetID, _ budget: PodDisruptionBudget) {
    var stored = budget
    stored.meta.resourceVersion = log.nextVersion()
    budgetRows[id.index] = stored
    log.append(.disruptionBudget(id, stored), at: queue.now)
  }

  /// The user's write: a new spec raises the generation, and keeps the status.
  mutating func apply(_ budget: PodDisruptionBudget) {
    var stored = budget
    guard let id = budgetID(budget.meta), let old = budgetRows[id.index] else {
      stored.meta.uid = newUID()
      stored.meta.generation = 1
      stored.meta.creationTimestamp = Timestamp(queue.now)
      budgetRows.append(stored)
      return write(DisruptionBudgetID(budgetRows.count - 1), stored)
    }
    stored.meta.uid = old.meta.uid
    stored.meta.creationTimestamp = old.meta.creationTimestamp
    stored.status = old.status
    let isSame =
      stored.selector == old.selector && stored.minAvailable == old.minAvailable
      && stored.maxUnavailable == old.maxUnavailable
      && stored.unhealthyPodEvictionPolicy == old.unhealthyPodEvictionPolicy
    stored.meta.generation = old.meta.generation + (isSame ? 0 : 1)
    write(id, stored)
  }

  func budgetID(_ meta: ObjectMeta) -> DisruptionBudgetID? {
    budgetRows.firstIndex { $0?.meta.isNamed(as: meta) ?? false }.map { DisruptionBudgetID($0) }
  }

  mutating func replaceStatus(_ budget: PodDisruptionBudget) -> WriteResult {
    let key = ClusterObject.podDisruptionBudget(budget).key
    guard let id = budgetID(budget.meta), var stored = budgetRows[id.index] else {
      return .refused(.notFound)
    }
    guard stored.meta.resourceVersion == budget.meta.resourceVersion else { return conflict(key) }
    stored.status = budget.status
    write(id, stored)
    return .written(resourceVersion: log.resourceVersion, uid: stored.meta.uid)
  }

  /// `kubectl drain`: no new pods come, and those that are there are evicted, except the DaemonSets'.
  mutating func drain(_ node: NodeID) {
    cordon(node, true)
    for pod in pods(on: node) where !isOfDaemonSet(pod) { manager.drain.queue.add(pod.raw) }
  }

  /// The API server answers an eviction.
  mutating func evict(_ pod: PodID) -> WriteResult {
    let view = pods.views[pod.index]
    if view.gone { return .refused(.notFound) }
    let chosen = budgetRows.indices.compactMap { index in
      budgetRows[index].flatMap {
        selects($0, pod) ? (id: DisruptionBudgetID(index), budget: $0) : nil
      }
    }
    let isPending = view.phase != .running || view.terminating
    let answer = Eviction(
      isPending: isPending, isReady: view.ready, budgets: chosen.map(\.budget))
    switch answer {
    case .granted: break
    case .charged:
      var budget = chosen[0].budget
      budget.status.disruptionsAllowed -= 1
      budget.status.disruptedPods.append(.init(pod, at: queue.now))
      write(chosen[0].id, budget)
    case .refused(let message):
      note(.podEvicted(pod, refusal: message))
      return .refused(.tooManyRequests(retryAfterSeconds: 10))
    case .failed(let message):
      note(.podEvicted(pod, refusal: message))
      return .refused(.forbidden(message))
    }
    note(.podEvicted(pod, refusal: nil))
    return apply(.deletePod(pod, gracePeriodSeconds: nil))
  }

  func selects(_ budget: PodDisruptionBudget, _ pod: PodID) -> Bool {
    guard let selector = budget.selector else { return false }
    return budget.meta.namespace == namespace(of: pod) && selector.matches(labels(of: pod))
  }

  fileprivate mutating func budgetsOf(_ pod: PodID) {
    for (index, budget) in manager.cache.budgets.enumerated() {
      if let budget, selects(budget, pod) { manager.disruption.queue.add(UInt32(index)) }
    }
  }

  fileprivate func budgetInput(_ key: UInt32) -> DisruptionController.Input? {
    let cache = manager.cache
    guard Int(key) < cache.budgets.count, let budget = cache.budgets[Int(key)] else { return nil }
    var input = DisruptionController.Input(budget: budget, ids: [], pods: [], sizes: [])
    var owners: [ReplicaSetID] = []
    for index in 0..<cache.pods.count {
      guard let view = cache.pods[index], !view.gone, selects(budget, PodID(index)) else {
        continue
      }
      var owner: Int?
      if view.owner.index < cache.replicaSets.count,
        let set = cache.replicaSets[view.owner.index]
      {
        owner = owners.firstIndex(of: view.owner)
        if owner == nil {
          owner = owners.count
          owners.append(view.owner)
          input.sizes.append(Int64(set.spec.replicas))
        }
      }
      input.ids.append(PodID(index))
      input.pods.append(
        DisruptionBudget.Pod(
          isReady: view.ready, isDeleting: view.terminating, replicaSet: owner,
          evictionRequestedAt: budget.status.disruptedPods.first { $0.pod.index == index }?.at))
    }
    return input
  }
}

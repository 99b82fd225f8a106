import ClusterAPI
import Control
import Kernel
import Units

extension ReplicaSetController: Resident {
  static var id: ControllerManager.ControllerID { .replicaSet }
  static var place: WritableKeyPath<ControllerManager, ControllerRuntime<Self>> { \.replicaSet }

  static func input(_ key: UInt32, in world: inout World) -> Input? {
    world.replicaSetInput(key)
  }

  static func sees(
    _ change: LogEntry.Change, _ touched: InformerCache.Touched, in world: inout World
  ) {
    guard let id = touched.owner, world.owners[id.index].key.kind == .replicaSet else { return }
    world.manager.replicaSet.queue.add(id.raw)
  }
}

extension World {
  fileprivate func replicaSetInput(_ key: UInt32) -> ReplicaSetController.Input? {
    let cache = manager.cache
    let index = Int(key)
    guard index < cache.replicaSets.count, let set = cache.replicaSets[index] else { return nil }
    var active: [PodID] = []
    var (ready, available, terminating) = (0, 0, 0)
    var nextAvailable: Instant?
    for id in cache.podsOf[index] {
      guard let view = cache.pods[id.index], view.phase != .failed, view.phase != .succeeded else {
        continue
      }
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
      terminating: terminating, nextAvailable: nextAvailable, seen: cache.seen[index])
  }

  /// The order of `ActivePodsWithRanks`: a pod's rank is how many pods of the same owner its node has.
  private func inOrderOfDeletion(_ active: [PodID], of set: ReplicaSet) -> [PodID] {
    let cache = manager.cache
    var related: [NodeID] = []
    for index in cache.sets(of: set.meta.owner?.uid ?? 0) {
      for id in cache.podsOf[index] {
        guard let view = cache.pods[id.index], !view.terminating, !view.node.isNone else {
          continue
        }
        related.append(view.node)
      }
    }
    var (ids, ranks): ([PodID], [PodRank]) = ([], [])
    ids.reserveCapacity(active.count)
    ranks.reserveCapacity(active.count)
    let present = active.compactMap { id in cache.pods[id.index].map { (id: id, view: $0) } }
    let counts = PodsToDelete.ranks(present.map(\.view.node), related: related)
    for ((id, view), count) in zip(present, counts) {
      let rank = PodRank(
        assigned: !view.node.isNone, phase: view.phase == .pending ? .pending : .running,
        ready: view.ready, deletionCost: Int64(view.deletionCost),
        rank: count,
        readyAge: queue.now - view.readyTransition.instant, maxRestarts: Int(view.restarts),
        creationAge: queue.now - view.created.instant, uid: uid(of: id))
      ids.append(id)
      ranks.append(rank)
    }
    return PodsToDelete.order(ranks) { isBefore(ids[$0], ids[$1]) }.map { ids[$0] }
  }

  private func uid(of pod: PodID) -> String {
    guard let rank = options.uidRanks[pod.index] else { return String(podCause(pod), radix: 16) }
    let text = String(rank)
    return String(repeating: "0", count: 16 - text.count) + text
  }

  /// Of two that are alike in everything.
  private func isBefore(_ a: PodID, _ b: PodID) -> Bool {
    if let x = options.uidRanks[a.index], let y = options.uidRanks[b.index], x != y { return x < y }
    return a < b
  }
}

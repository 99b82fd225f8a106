import ClusterAPI
import Control
import Kernel
import Units

extension GarbageCollector: Resident {
  static var id: ControllerManager.ControllerID { .garbageCollector }
  static var place: WritableKeyPath<ControllerManager, ControllerRuntime<Self>> {
    \.garbageCollector
  }

  /// The key is an owner of pods.
  static func input(_ key: UInt32, in world: inout World) -> Input? {
    let (cache, index) = (world.manager.cache, Int(key))
    guard world.isOrphaned(index) else { return nil }
    return Input(
      replicaSet: index < cache.replicaSets.count ? cache.replicaSets[index] : nil,
      pods: cache.podsOf[index].filter { cache.pods[$0.index]?.terminating == false },
      revision: index < cache.revisions.count ? cache.revisions[index] : nil)
  }

  static func sees(
    _ change: LogEntry.Change, _ touched: InformerCache.Touched, in world: inout World
  ) {
    switch change {
    case .deployment(let id, nil): world.collect(.deployment, row: id.raw)
    case .replicaSet(let id, _), .replicaSetDeleted(let id): world.collect(id.index)
    case .statefulSet(let id, nil): world.collect(.statefulSet, row: id.raw)
    case .daemonSet(let id, nil): world.collect(.daemonSet, row: id.raw)
    case .job(let id, nil): world.collect(.job, row: id.raw)
    case .pod(_, let view) where !view.terminating: world.collect(view.owner.index)
    case .controllerRevision(let id, .some): world.collect(id.index)
    default: break
    }
  }
}

extension World {
  fileprivate mutating func collect(_ kind: Kind, row: UInt32) {
    for owner in owners(of: kind, row: row) { collect(owner) }
  }

  fileprivate mutating func collect(_ owner: Int) {
    if isOrphaned(owner) { manager.garbageCollector.queue.add(UInt32(owner)) }
  }

  /// Whether the workload of an owner is gone, or its ReplicaSet: watchers see them before they see
  /// what belongs to them.
  fileprivate func isOrphaned(_ index: Int) -> Bool {
    // Asked for every pod that changes: nothing is copied.
    let row = Int(owners[index].row)
    guard index < manager.cache.podsOf.count else { return false }
    switch owners[index].workload.kind {
    case .statefulSet:
      return row >= manager.cache.statefulSets.count || manager.cache.statefulSets[row] == nil
    case .daemonSet:
      return row >= manager.cache.daemonSets.count || manager.cache.daemonSets[row] == nil
    case .job: return row >= manager.cache.jobs.count || manager.cache.jobs[row] == nil
    default:
      guard owners[index].key.kind == .replicaSet else { return false }
      guard index < manager.cache.exists.count, manager.cache.exists[index] else {
        return !manager.cache.podsOf[index].isEmpty
      }
      let uid = manager.cache.ownerUIDs[index]
      return uid != 0 && !manager.cache.hasDeployment(uid: uid)
    }
  }
}

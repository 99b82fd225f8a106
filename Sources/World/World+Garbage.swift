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
      pods: cache.podsOf[index].filter { cache.pods[$0.index]?.terminating == false },
      revision: index < cache.revisions.count ? cache.revisions[index] : nil)
  }

  static func sees(
    _ change: LogEntry.Change, _ touched: InformerCache.Touched, in world: inout World
  ) {
    switch change {
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

  /// Whether the workload of an owner is gone: watchers see it before they see what belongs to it.
  fileprivate func isOrphaned(_ index: Int) -> Bool {
    let (cache, owner) = (manager.cache, owners[index])
    let row = Int(owner.row)
    guard index < cache.podsOf.count else { return false }
    switch owner.workload.kind {
    case .statefulSet: return row >= cache.statefulSets.count || cache.statefulSets[row] == nil
    case .daemonSet: return row >= cache.daemonSets.count || cache.daemonSets[row] == nil
    case .job: return row >= cache.jobs.count || cache.jobs[row] == nil
    default: return false
    }
  }
}

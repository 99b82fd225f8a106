import ClusterAPI
import Control
import Kernel
import Units

extension StatefulSetController: Resident {
  static var id: ControllerManager.ControllerID { .statefulSet }
  static var place: WritableKeyPath<ControllerManager, ControllerRuntime<Self>> { \.statefulSet }

  static func input(_ key: UInt32, in world: inout World) -> Input? {
    world.statefulSetInput(key)
  }

  static func sees(
    _ change: LogEntry.Change, _ touched: InformerCache.Touched, in world: inout World
  ) {
    if case .statefulSet(let id, _) = change { world.manager.statefulSet.queue.add(id.raw) }
    guard case .pod(_, let view) = change else { return }
    let owner = view.owner.index
    guard world.owners[owner].workload.kind == .statefulSet else { return }
    world.manager.statefulSet.queue.add(world.owners[owner].row)
  }
}

extension World {
  fileprivate func statefulSetInput(_ key: UInt32) -> StatefulSetController.Input? {
    let cache = manager.cache
    guard Int(key) < cache.statefulSets.count, let set = cache.statefulSets[Int(key)] else {
      return nil
    }
    var input = StatefulSetController.Input(
      set: set, revisions: revisions(of: .statefulSet, row: key), pods: [],
      heedsMaxUnavailable: options.gates.maxUnavailableStatefulSet)
    for owner in owners(of: .statefulSet, row: key) where owner < cache.podsOf.count {
      for id in cache.podsOf[owner] {
        guard let view = cache.pods[id.index], case .ordinal(let ordinal) = pods.slots[id.index]
        else { continue }
        var pod = StatefulSetPod(id, ordinal: ordinal, revision: owners[owner].key.name)
        pod.isTerminating = view.terminating
        pod.hasEnded = view.phase == .succeeded || view.phase == .failed
        pod.isReady = view.ready && view.phase == .running
        if let at = available(view, seconds: set.minReadySeconds) {
          pod.isAvailable = at <= queue.now
          if at > queue.now { input.nextAvailable = min(input.nextAvailable ?? at, at) }
        }
        input.pods.append(pod)
      }
    }
    return input
  }
}

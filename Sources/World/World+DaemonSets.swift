import ClusterAPI
import Control
import Kernel
import Units

extension DaemonSetController: Resident {
  static var id: ControllerManager.ControllerID { .daemonSet }
  static var place: WritableKeyPath<ControllerManager, ControllerRuntime<Self>> { \.daemonSet }

  static func input(_ key: UInt32, in world: inout World) -> Input? {
    world.daemonSetInput(key)
  }

  static func sees(
    _ change: LogEntry.Change, _ touched: InformerCache.Touched, in world: inout World
  ) {
    switch change {
    case .daemonSet(let id, _): world.manager.daemonSet.queue.add(id.raw)
    case .node(let id, let view): world.daemonSetsSee(id, view)
    case .pod(_, let view):
      let owner = view.owner.index
      guard world.owners[owner].workload.kind == .daemonSet else { return }
      world.manager.daemonSet.queue.add(world.owners[owner].row)
    default: break
    }
  }
}

extension World {
  /// A node concerns the DaemonSets that lack a pod there or have one that may not stay
  /// (`syncNodeUpdate`).
  fileprivate mutating func daemonSetsSee(_ node: NodeID, _ view: NodeView) {
    for (row, set) in manager.cache.daemonSets.enumerated() {
      guard let set else { continue }
      let (shouldRun, mayStay) = DaemonPlacement(set.template.spec)
        .judge(SchedulingNode(view))
      let isThere = owners(of: .daemonSet, row: UInt32(row)).contains { owner in
        owner < manager.cache.podsOf.count
          && manager.cache.podsOf[owner].contains { pods.slots[$0.index] == .node(node) }
      }
      if isThere ? !mayStay : shouldRun { manager.daemonSet.queue.add(UInt32(row)) }
    }
  }

  fileprivate func daemonSetInput(_ key: UInt32) -> DaemonSetController.Input? {
    let cache = manager.cache
    guard Int(key) < cache.daemonSets.count, let set = cache.daemonSets[Int(key)] else {
      return nil
    }
    var input = DaemonSetController.Input(
      set: set, revisions: revisions(of: .daemonSet, row: key), nodes: [], liveRevisions: [],
      seen: ControllerExpectations.Seen())
    var podsOn = [[DaemonPod]](repeating: [], count: nodes.rows.count)
    for owner in owners(of: .daemonSet, row: key) where owner < cache.podsOf.count {
      input.seen += cache.seen[owner]
      if !cache.podsOf[owner].isEmpty { input.liveRevisions.append(owners[owner].key.name) }
      for id in cache.podsOf[owner] {
        guard let view = cache.pods[id.index], case .node(let node) = pods.slots[id.index]
        else { continue }
        let hasEnded = view.phase == .succeeded || view.phase == .failed
        if hasEnded, view.terminating { continue }
        var pod = DaemonPod(id, revision: owners[owner].key.name)
        pod.isBound = !view.node.isNone
        pod.isTerminating = view.terminating
        pod.hasEnded = hasEnded
        pod.isReady = view.ready
        pod.isAvailable =
          available(view, seconds: set.minReadySeconds).map { $0 <= queue.now } ?? false
        podsOn[node.index].append(pod)
      }
    }
    let placement = DaemonPlacement(set.template.spec)
    for index in podsOn.indices {
      let view = index < cache.nodes.count ? cache.nodes[index] : nil
      if view == nil, podsOn[index].isEmpty { continue }
      var (shouldRun, mayStay) = (false, false)
      if let view { (shouldRun, mayStay) = placement.judge(SchedulingNode(view)) }
      var node = DaemonNode(
        NodeID(index), shouldRun: shouldRun, mayStay: mayStay, pods: inOrder(podsOn[index]))
      node.exists = view != nil
      input.nodes.append(node)
    }
    // The real controller goes through a map.
    let cause = CauseHash().with(set.meta.namespace).with(set.meta.name)
    let order = input.nodes.map { node in
      let name = nodes.rows[node.id.index].spec.name
      return uniform(.daemonOrder, cause: cause.with(name).value)
    }
    input.nodes = input.nodes.indices.sorted { (order[$0], $0) < (order[$1], $1) }
      .map { input.nodes[$0] }
    return input
  }

  /// Bound ones first, then by age (`podByCreationTimestampAndPhase`).
  private func inOrder(_ all: [DaemonPod]) -> [DaemonPod] {
    if all.count < 2 { return all }
    return all.sorted {
      if $0.isBound != $1.isBound { return $0.isBound }
      let (a, b) = (pods.views[$0.id.index].created, pods.views[$1.id.index].created)
      return a == b ? podName($0.id) < podName($1.id) : a < b
    }
  }
}

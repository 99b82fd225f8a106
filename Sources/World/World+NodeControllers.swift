import ClusterAPI
import Control
import Kernel
import Units

extension NodeLifecycleController: Resident {
  static var id: ControllerManager.ControllerID { .nodeLifecycle }
  static var place: WritableKeyPath<ControllerManager, ControllerRuntime<Self>> { \.nodeLifecycle }

  static func input(_ key: UInt32, in world: inout World) -> Input? {
    world.nodeLifecycleInput(key)
  }

  static func sees(
    _ change: LogEntry.Change, _ touched: InformerCache.Touched, in world: inout World
  ) {
    if case .node(let id, _) = change { world.manager.nodeLifecycle.queue.add(id.raw) }
  }
}

extension PodGCController: Resident {
  static var id: ControllerManager.ControllerID { .podGC }
  static var place: WritableKeyPath<ControllerManager, ControllerRuntime<Self>> { \.podGC }

  static func input(_ key: UInt32, in world: inout World) -> Input? {
    let cache = world.manager.cache
    guard Int(key) < cache.nodes.count else { return nil }
    return Input(
      isNodeThere: cache.nodes[Int(key)] != nil, pods: cache.podsOn[Int(key)].sorted(),
      phase: world.podGCPhase)
  }

  static func sees(
    _ change: LogEntry.Change, _ touched: InformerCache.Touched, in world: inout World
  ) {
    switch change {
    case .nodeDeleted(let id): world.manager.podGC.queue.add(id.raw)
    case .pod(_, let view):
      guard !view.node.isNone, view.node.index < world.manager.cache.nodes.count,
        world.manager.cache.nodes[view.node.index] == nil
      else { return }
      world.manager.podGC.queue.add(view.node.raw)
    default: break
    }
  }
}

extension TaintEvictionController: Resident {
  static var id: ControllerManager.ControllerID { .taintEviction }
  static var place: WritableKeyPath<ControllerManager, ControllerRuntime<Self>> { \.taintEviction }

  static func input(_ key: UInt32, in world: inout World) -> Input? {
    world.taintEvictionInput(key)
  }

  static func sees(
    _ change: LogEntry.Change, _ touched: InformerCache.Touched, in world: inout World
  ) {
    switch change {
    case .node(let id, _): world.manager.taintEviction.queue.add(id.raw)
    case .pod(_, let view):
      guard !view.node.isNone, view.node.index < world.manager.cache.nodes.count,
        let node = world.manager.cache.nodes[view.node.index],
        node.spec.taints.contains(where: { $0.effect == .noExecute })
      else { return }
      world.manager.taintEviction.queue.add(view.node.raw)
    default: break
    }
  }
}

extension World {
  /// When a loop of the controller manager begins: its process started at no special moment.
  private func phase(of loop: UInt64, _ period: Span) -> Span {
    Span(ns: Int64(Double(period.ns) * uniform(.loopPhase, cause: loop)))
  }

  fileprivate var podGCPhase: Span { phase(of: 2, PodGCController.period) }

  var nodeMonitor: NodeMonitor {
    NodeMonitor(
      period: options.latencies.nodeMonitorPeriod,
      gracePeriod: options.latencies.nodeMonitorGracePeriod,
      phase: phase(of: 1, options.latencies.nodeMonitorPeriod))
  }

  /// Where nobody renews a node's lease any more, the check that finds out is known in advance; the
  /// renewals of living nodes are no events.
  mutating func watchLease(_ node: NodeID, lastSeen: Instant) {
    pushCheck(node, at: max(nodeMonitor.expiry(lastRenewalSeen: lastSeen), queue.now))
  }

  private mutating func pushCheck(_ node: NodeID, at: Instant) {
    push(.nodeCheck, node.index, at: at, generation: nodes.rows[node.index].generation)
  }

  /// A health check finds the lease expired; the next pass over the nodes to be evicted asks how much of
  /// the zone is lost, and waits for another check while nothing may be evicted there.
  mutating func checkNode(_ node: NodeID, generation: UInt16) {
    guard nodes.rows[node.index].generation == generation, !nodes.rows[node.index].alive else {
      return
    }
    if !manager.loss(of: node).isExpired {
      manager.setExpired(node)
      pushCheck(node, at: queue.now + NodeMonitor.evictionPass)
    } else if let interval = evictionInterval(near: node) {
      let zone = nodes.rows[node.index].spec.labels["topology.kubernetes.io/zone"] ?? ""
      let retry = manager.allowNoExecute(
        node, zone: zone, interval: interval, now: queue.now)
      if let retry { pushCheck(node, at: retry) }
    } else {
      pushCheck(node, at: nodeMonitor.check(after: queue.now))
    }
    manager.nodeLifecycle.queue.add(node.raw)
  }

  /// The time between two evicted nodes of the node's zone; nil: none is evicted now.
  private func evictionInterval(near node: NodeID) -> Span? {
    var zones: SortedMap<(ready: Int, notReady: Int)> = [:]
    for (index, view) in manager.cache.nodes.enumerated() {
      guard let view else { continue }
      let isReady = view.ready == .yes && !manager.loss(of: NodeID(index)).isExpired
      let zone = view.spec.labels["topology.kubernetes.io/zone"] ?? ""
      var count = zones[zone] ?? (0, 0)
      if isReady { count.ready += 1 } else { count.notReady += 1 }
      zones[zone] = count
    }
    let everywhere = zones.allSatisfy {
      ZoneDisruption(ready: $0.value.ready, notReady: $0.value.notReady) == .full
    }
    let zone = nodes.rows[node.index].spec.labels["topology.kubernetes.io/zone"] ?? ""
    let here = zones[zone] ?? (0, 0)
    return ZoneDisruption(ready: here.ready, notReady: here.notReady)
      .interval(zoneSize: here.ready + here.notReady, everywhere: everywhere)
  }

  fileprivate func nodeLifecycleInput(_ key: UInt32) -> NodeLifecycleController.Input? {
    let index = Int(key)
    guard index < manager.cache.nodes.count, let view = manager.cache.nodes[index] else {
      return nil
    }
    let loss = manager.loss(of: NodeID(key))
    return NodeLifecycleController.Input(
      node: NodeID(key), view: view,
      isExpired: loss.isExpired && !nodes.rows[index].alive, noExecuteFrom: loss.noExecuteFrom,
      nextCheck: nodeMonitor.check(after: queue.now),
      readyPods: manager.cache.podsOn[index].filter {
        manager.cache.pods[$0.index].map { $0.ready } ?? false
      }.sorted())
  }

  fileprivate func taintEvictionInput(_ key: UInt32) -> TaintEvictionController.Input? {
    let index = Int(key)
    guard index < manager.cache.nodes.count, let view = manager.cache.nodes[index] else {
      return nil
    }
    let taints = view.spec.taints.filter { $0.effect == .noExecute }
    guard !taints.isEmpty else { return TaintEvictionController.Input(taints: [], pods: []) }
    let staying = manager.cache.podsOn[index].filter {
      manager.cache.pods[$0.index]?.terminating == false
    }
    return TaintEvictionController.Input(
      taints: taints,
      pods: staying.sorted().map { pod in
        let spec = templates[pods.templates[pod.index].index].template.spec
        return (pod, DefaultTolerationSeconds.admitted(spec.tolerations))
      })
  }

  /// The API server stores what the node lifecycle controller has found.
  mutating func setNodeHealth(
    _ node: NodeID, _ ready: Condition.Status, _ taints: [Taint]
  ) -> WriteResult {
    let row = nodes.rows[node.index]
    // The kubelet has written since: the resourceVersion is not the one that the writer has seen.
    if ready == .unknown ? row.view.ready == .yes && row.alive : row.view.ready != ready {
      return .refused(.conflict)
    }
    var view = row.view
    view.spec.taints = view.spec.taints.filter { !NodeTaints.isOwned($0) } + taints
    if ready != view.ready { setReady(node, ready) }
    view.ready = ready
    if view != row.view {
      nodes.rows[node.index].view = view
      storeNode(node)
    }
    return .written(resourceVersion: log.resourceVersion, uid: 0)
  }

  mutating func setReady(_ node: NodeID, _ ready: Condition.Status) {
    nodes.rows[node.index].view.ready = ready
    note(.nodeReady(node, ready))
  }

  /// The Ready condition of a pod on a lost node (`MarkPodsNotReady`).
  mutating func markNotReady(_ pod: PodID) -> WriteResult {
    let view = pods.views[pod.index]
    if view.gone { return .refused(.notFound) }
    if !view.node.isNone, nodes.rows[view.node.index].alive { return .refused(.conflict) }
    if view.ready {
      pods.views[pod.index].ready = false
      pods.views[pod.index].readyTransition = Timestamp(queue.now)
      storePod(pod)
      note(.podUnready(pod))
    }
    return .written(resourceVersion: log.resourceVersion, uid: 0)
  }

  /// A new process knows no renewals: it counts from its first look at each node.
  mutating func restartNodeMonitor() {
    manager.forgetLosses()
    for index in nodes.rows.indices where !nodes.rows[index].alive {
      let node = NodeID(index)
      nodes.rows[index].generation &+= 1
      if nodes.rows[index].view.ready == .yes {
        watchLease(node, lastSeen: queue.now)
      } else {
        manager.setExpired(node)
        pushCheck(node, at: nodeMonitor.check(after: queue.now))
      }
    }
  }
}

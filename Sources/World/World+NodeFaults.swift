import ClusterAPI
import Control
import Kernel
import Units

extension World {
  /// A trouble comes to nodes, drawn by their names where the selection asks for so many only.
  mutating func trouble(_ selection: NodeSelection, _ kind: NodeTrouble) {
    var drawn: [(key: Double, node: NodeID)] = []
    let holder = selection.holding.map { node(.of($0)) }
    for (index, row) in nodes.rows.enumerated() where row.alive && selection.matches(row.spec) {
      if let holder, holder != NodeID(index) { continue }
      if case .gpu(let device, _) = kind, !hasGPU(device, row) { continue }
      let cause = CauseHash().with(row.spec.name).value
      drawn.append((uniform(.nodes, cause: cause, index: UInt64(queue.now.ns)), NodeID(index)))
    }
    if let count = selection.count {
      drawn.sort { ($0.key, $0.node.raw) < ($1.key, $1.node.raw) }
      drawn.removeLast(max(0, drawn.count - count))
    }
    if drawn.isEmpty { note(.fault("no node to hit")) }
    for (_, node) in drawn {
      nodes.rows[node.index].troubles.append(.init(kind: kind, selection: selection))
      let name = nodes.rows[node.index].spec.name
      switch kind {
      case .crash:
        note(.fault("node/\(name) crashes"))
        crash(node)
      case .cpuHog(let share):
        note(.fault("node/\(name): \(share.percent) of the CPU taken"))
        shareCPU(node)
      case .gpu(let device, let xid):
        note(.fault("node/\(name): GPU \(device) fails with XID \(xid)"))
        gpuFails(node, device, xid: xid)
      case .drain:
        note(.fault("node/\(name) drained"))
        drain(node)
      case .cordon:
        note(.fault("node/\(name) takes no new pods"))
        cordon(node, true)
      }
    }
  }

  /// The trouble ends on the nodes to which this selection brought it.
  mutating func troubleEnds(_ selection: NodeSelection, _ kind: NodeTrouble) {
    let ending = NodeTable.Trouble(kind: kind, selection: selection)
    for index in nodes.rows.indices {
      guard let at = nodes.rows[index].troubles.firstIndex(of: ending) else { continue }
      nodes.rows[index].troubles.remove(at: at)
      let name = nodes.rows[index].spec.name
      switch kind {
      case .crash:
        guard nodes.rows[index].alive else { continue }
        note(.fault("node/\(name) is back"))
        comeBack(NodeID(index))
      case .cpuHog:
        note(.fault("node/\(name): the CPU is free again"))
        shareCPU(NodeID(index))
      case .gpu(let device, _):
        note(.fault("node/\(name): GPU \(device) reset"))
        gpuRecovers(NodeID(index), device)
      case .drain, .cordon:
        note(.fault("node/\(name) takes pods again"))
        cordon(NodeID(index), false)
      }
    }
  }

  /// Pods whose object is bound to the node and not gone.
  func pods(on node: NodeID) -> [PodID] {
    pods.views.indices.filter { pods.views[$0].node == node && !pods.views[$0].gone }
      .map { PodID($0) }
  }

  /// The machine is off. Nobody is told: the API server goes on showing what it was told last.
  private mutating func crash(_ node: NodeID) {
    nodes.rows[node.index].generation &+= 1
    noteOutage(node, isUp: false)
    for pod in pods(on: node) { machineStops(pod) }
    let renewal = nodes.rows[node.index].lease.lastRenewal(before: queue.now)
    watchLease(node, lastSeen: renewal + options.latencies.watch)
  }

  /// The machine has booted: its kubelet renews the lease, posts its status, and sees to its pods.
  private mutating func comeBack(_ node: NodeID) {
    nodes.rows[node.index].generation &+= 1
    noteOutage(node, isUp: true)
    nodes.rows[node.index].lease = NodeLease(
      first: queue.now, interval: options.latencies.leaseInterval)
    manager.forgetLoss(of: node)
    gpusReset(node)
    push(
      .kubeletPosts, node.index, at: queue.now + options.latencies.apiRequest,
      generation: nodes.rows[node.index].generation)
    if node.index < pulls.count { pulls[node.index] = ImagePulls() }
    for pod in pods(on: node) { machineReturns(pod) }
  }

  /// Ready=True and what of its devices is not healthy, written by the node's own kubelet.
  mutating func kubeletPosts(_ node: NodeID, generation: UInt16) {
    guard nodes.rows[node.index].generation == generation else { return }
    let before = nodes.rows[node.index].view
    if before.ready != .yes { setReady(node, .yes) }
    nodes.rows[node.index].view.unhealthy = unhealthyDevices(node)
    if nodes.rows[node.index].view != before { storeNode(node) }
  }

  /// What each pod of the node may use of its CPU while something else uses a share of it.
  ///
  /// The rest is divided by the kernel's weights, which follow the requests; what others do not ask for
  /// is there for everybody. Without such a share only the pod's own limit counts.
  mutating func shareCPU(_ node: NodeID) {
    let row = nodes.rows[node.index]
    let hogged = row.hogged
    let capacity = row.spec.allocatable["cpu"]?.milliValue ?? 0
    let available = capacity * (1_000_000 - hogged.ppm) / 1_000_000
    let running = pods(on: node).filter { server(of: $0).map { containers[$0].isAlive } ?? false }
    func weight(_ pod: PodID) -> Int64 {
      max(2, templates[pods.templates[pod.index].index].cpu.count)
    }
    let weights = running.reduce(0) { $0 + weight($1) }
    for pod in running {
      let spec = templates[pods.templates[pod.index].index].template.spec
      let limit = spec.containers.first?.resources.limits["cpu"]?.milliValue
      guard hogged > .zero else {
        traffic.setCPURate(pod, limit.map { MilliCPU($0) })
        continue
      }
      let own = weight(pod)
      let share = max(available * own / weights, available - (weights - own))
      traffic.setCPURate(pod, MilliCPU(max(1, min(limit ?? share, share))))
    }
  }
}

import ClusterAPI
import Control
import Kernel
import Units

extension World {
  /// Makes the nodes of the start known to who watches them.
  mutating func openNodes() {
    for index in nodes.rows.indices {
      let id = NodeID(index)
      nodes.rows[index].lease = lease(of: nodes.rows[index].spec.name)
      scheduler.cache.setNode(index, SchedulingNode(nodes.rows[index].view))
      _ = manager.cache.take(.node(id, nodes.rows[index].view))
    }
  }

  /// Kubelets renew their leases at instants that the node's name draws.
  private func lease(of name: String) -> NodeLease {
    let interval = options.latencies.leaseInterval
    if options.leasesInStep { return NodeLease(first: .zero, interval: interval) }
    let u = uniform(.lease, cause: CauseHash().with(name).value)
    return NodeLease(first: Instant(ns: Int64(Double(interval.ns) * u)), interval: interval)
  }

  /// `kubectl apply` of a node, or a node that joins.
  mutating func apply(_ node: Node) {
    var spec = NodeSpec(
      name: node.meta.name,
      allocatable: node.allocatable.isEmpty ? node.capacity : node.allocatable)
    spec.labels = node.meta.labels
    spec.taints = node.taints
    spec.unschedulable = node.unschedulable
    guard let id = nodes.id(spec.name) else {
      // Until the node lifecycle controller has seen that it is ready (TaintNodesByCondition).
      spec.taints.append(Taint(key: NodeTaints.notReady, effect: .noSchedule))
      nodes.rows.append(NodeTable.Row(spec))
      nodes.rows[nodes.rows.count - 1].lease = NodeLease(
        first: queue.now, interval: options.latencies.leaseInterval)
      return storeNode(NodeID(nodes.rows.count - 1))
    }
    let old = nodes.rows[id.index].spec
    if spec.allocatable.isEmpty { spec.allocatable = old.allocatable }
    spec.taints.removeAll { NodeTaints.isOwned($0) }
    spec.taints += old.taints.filter { NodeTaints.isOwned($0) }
    nodes.rows[id.index].spec = spec
    for pool in DevicePool.pools(spec.allocatable) {
      if let at = nodes.rows[id.index].devices.firstIndex(where: { $0.resource == pool.resource }) {
        nodes.rows[id.index].devices[at].grow(to: pool.holders.count)
      } else {
        nodes.rows[id.index].devices.append(pool)
      }
    }
    storeNode(id)
  }

  /// Stores what changed of a node.
  mutating func storeNode(_ id: NodeID) {
    _ = log.nextVersion()
    log.append(.node(id, nodes.rows[id.index].view), at: queue.now)
  }
}

extension SchedulingNode {
  init(_ node: NodeView) {
    self.init(
      name: node.spec.name, labels: node.spec.labels, taints: node.spec.taints,
      unschedulable: node.spec.unschedulable, allocatable: node.allocatable)
  }
}

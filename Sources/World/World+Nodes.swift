import ClusterAPI
import Control
import Kernel
import Units

extension World {
  /// Makes the nodes of the start known to who watches them.
  mutating func openNodes() {
    for index in nodes.rows.indices {
      let id = NodeID(index)
      scheduler.cache.setNode(index, SchedulingNode(nodes.rows[index].spec))
      _ = manager.cache.take(.node(id, nodes.rows[index].view))
    }
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
      nodes.rows.append(NodeTable.Row(spec))
      return storeNode(NodeID(nodes.rows.count - 1))
    }
    let old = nodes.rows[id.index].spec
    if spec.allocatable.isEmpty { spec.allocatable = old.allocatable }
    spec.taints.removeAll { NodeTaints.isOwned($0) }
    spec.taints += old.taints.filter { NodeTaints.isOwned($0) }
    nodes.rows[id.index].spec = spec
    storeNode(id)
  }

  /// Stores what changed of a node.
  mutating func storeNode(_ id: NodeID) {
    _ = log.nextVersion()
    log.append(.node(id, nodes.rows[id.index].view), at: queue.now)
  }
}

extension SchedulingNode {
  init(_ spec: NodeSpec) {
    self.init(
      name: spec.name, labels: spec.labels, taints: spec.taints,
      unschedulable: spec.unschedulable, allocatable: spec.allocatable)
  }
}

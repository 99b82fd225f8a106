import ClusterAPI
import Control
import Kernel
import Units

// What administrators do to nodes and to single pods.
extension World {
  func pod(_ reference: PodReference) -> PodID? {
    switch reference {
    case .made(let number): return number < pods.count ? PodID(number) : nil
    case .named(let name):
      return (0..<pods.count).lazy.map { PodID($0) }
        .first { !pods.views[$0.index].gone && podName($0) == name }
    case .on(let node):
      guard let id = nodes.id(node) else { return nil }
      return pods(on: id).first { !pods.views[$0.index].terminating }
    }
  }

  func node(_ reference: NodeReference) -> NodeID? {
    switch reference {
    case .named(let name): return nodes.id(name)
    case .of(let pod):
      guard let id = self.pod(pod), !pods.views[id.index].node.isNone else { return nil }
      return pods.views[id.index].node
    }
  }

  mutating func perform(_ work: PodWork, on pod: PodID) {
    switch work {
    case .delete(let grace): _ = apply(.deletePod(pod, gracePeriodSeconds: grace))
    case .evict: _ = evict(pod)
    case .annotate(let annotations):
      guard let cost = annotations["controller.kubernetes.io/pod-deletion-cost"] else { return }
      pods.views[pod.index].deletionCost = Int32(clamping: PodDeletionCost.parse(cost))
      storePod(pod)
    }
  }

  mutating func perform(_ work: NodeWork, on node: NodeID) {
    switch work {
    case .cordon(let isClosed): cordon(node, isClosed)
    case .drain: drain(node)
    case .taint(let taints):
      nodes.rows[node.index].spec.taints =
        taints + nodes.rows[node.index].spec.taints.filter { NodeTaints.isOwned($0) }
      storeNode(node)
    case .label(let key, let value):
      nodes.rows[node.index].spec.labels[key] = value
      storeNode(node)
    case .delete: delete(node)
    }
  }

  mutating func cordon(_ node: NodeID, _ isClosed: Bool) {
    guard nodes.rows[node.index].spec.unschedulable != isClosed else { return }
    nodes.rows[node.index].spec.unschedulable = isClosed
    storeNode(node)
  }

  /// `kubectl delete node`: who watches sees it go; what runs there goes on until somebody ends it.
  private mutating func delete(_ node: NodeID) {
    nodes.rows[node.index].isDeleted = true
    nodes.rows[node.index].generation &+= 1
    _ = log.nextVersion()
    log.append(.nodeDeleted(node), at: queue.now)
  }

  func namespace(of pod: PodID) -> String {
    owners[pods.views[pod.index].owner.index].key.namespace
  }

  /// With the labels that its controller gave it.
  func labels(of pod: PodID) -> Labels {
    var labels = owners[pods.views[pod.index].owner.index]
      .labels(of: templates[pods.templates[pod.index].index].template)
    let slot = pods.slots[pod.index]
    if slot != .any {
      for (key, value) in slot.labels(name: podName(pod)) { labels[key] = value }
    }
    return labels
  }

  func isOfDaemonSet(_ pod: PodID) -> Bool {
    owners[pods.views[pod.index].owner.index].workload.kind == .daemonSet
  }
}

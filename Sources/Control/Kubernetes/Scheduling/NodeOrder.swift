/// The order in which the scheduler looks at nodes: one of each zone in turn (`nodeTree.list`).
struct NodeOrder: Sendable {
  private struct Zone: Sendable {
    var key: [String]
    var nodes: [Int32]
  }

  private var zones: [Zone] = []
  /// The nodes in order, after `settle`.
  private(set) var nodes: [Int32] = []
  private(set) var count = 0
  private var isSettled = true

  mutating func add(_ node: Int32, zone key: [String]) {
    if let at = zones.firstIndex(where: { $0.key == key }) {
      zones[at].nodes.append(node)
    } else {
      zones.append(Zone(key: key, nodes: [node]))
    }
    count += 1
    isSettled = false
  }

  mutating func remove(_ node: Int32, zone key: [String]) {
    guard let at = zones.firstIndex(where: { $0.key == key }) else { return }
    zones[at].nodes.removeAll { $0 == node }
    if zones[at].nodes.isEmpty { zones.remove(at: at) }
    count -= 1
    isSettled = false
  }

  /// Brings `nodes` up to date; cheap when nothing changed.
  mutating func settle() {
    if isSettled { return }
    isSettled = true
    nodes.removeAll(keepingCapacity: true)
    var round = 0
    while true {
      var added = false
      for zone in zones where round < zone.nodes.count {
        nodes.append(zone.nodes[round])
        added = true
      }
      if !added { return }
      round += 1
    }
  }
}

import ClusterAPI
import Kernel
import Units

/// A machine goes off, or is back.
struct NodeOutage: Hashable, Sendable {
  var at: Instant
  var node: NodeID
  var isUp: Bool
}

extension World {
  mutating func noteOutage(_ node: NodeID, isUp: Bool) {
    if options.telemetry == nil { return }
    outages.append(NodeOutage(at: queue.now, node: node, isUp: isUp))
  }

  /// Nothing on a machine that is off answers a scrape: neither its exporters nor its pods.
  func silence(
    _ lives: PodLives, _ clock: TelemetryClock, _ end: Instant, _ store: inout TelemetryStore
  ) {
    for (index, outage) in outages.enumerated() where !outage.isUp && outage.at <= end {
      let back = outages.dropFirst(index + 1).first { $0.node == outage.node && $0.isUp }?.at
      let node = nodes.rows[outage.node.index].spec.name
      var instances: Set = ["\(node):10250", "\(node):9400"]
      for life in lives.lives where life.state.node == node {
        instances.formUnion(["\(life.state.name):8080", "\(life.state.name):15090"])
      }
      store.silence(
        instances: instances, from: clock.time(outage.at), to: clock.time(back ?? .never))
    }
  }
}

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
    if hasFeeds { notes.outages.append(NodeOutage(at: queue.now, node: node, isUp: isUp)) }
  }

  /// Nothing on a machine that is off answers a scrape: neither its exporters nor its pods.
  func follow(_ outage: NodeOutage, _ feed: inout TelemetryFeed) {
    let node = nodes.rows[outage.node.index].spec.name
    var instances = ["\(node):10250", "\(node):9400"]
    for (index, life) in feed.lives.lives.enumerated() where life.state.node == node {
      instances += ["\(life.state.name):8080", "\(life.state.name):15090"]
      if outage.isUp { continue }
      // A process of the pod is said to have ended once its kubelet is back; nothing is said of the proxy.
      proxyEnds(PodID(index), outage.at, &feed)
      // A kubelet counts since it began.
      feed.lives.lives[index].kills = 0
      if let kills = feed.pods[index]?.kills {
        feed.store.set(kills, at: feed.clock.time(outage.at), 0)
      }
    }
    let time = feed.clock.time(outage.at)
    if outage.isUp {
      feed.store.hear(instances, from: time)
      feed.devices.restart(node: outage.node.index, at: outage.at, into: &feed.store)
    } else {
      feed.store.silence(instances, from: time)
    }
  }
}

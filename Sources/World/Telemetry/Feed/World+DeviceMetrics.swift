import ClusterAPI
import Control
import Kernel
import PromQL
import Units

// What the DCGM exporter of each node with GPUs shows.
extension World {
  /// Of a node that has come: nobody has its devices yet.
  func openDevices(_ node: Int, _ at: Instant, _ feed: inout TelemetryFeed) {
    guard feed.reads.devices else { return }
    let row = nodes.rows[node]
    guard let pool = row.devices.first(where: { $0.resource == GPUMetrics.resource }) else {
      return
    }
    let target = GPUMetrics.exporter(node: row.spec.name, feed.store.scrapeInterval)
    feed.store.set("up", at: target, feed.clock.time(at), 1)
    for device in pool.holders.indices { begin(device, of: node, .none, at, &feed) }
  }

  /// The kubelet has given devices, or has them back.
  func follow(_ use: DeviceUse, _ feed: inout TelemetryFeed) {
    guard feed.reads.devices,
      nodes.rows[use.node.index].devices[use.pool].resource == GPUMetrics.resource
    else { return }
    for (device, pod) in use.holders.enumerated()
    where feed.devices.holder(node: use.node.index, device: device) != pod {
      begin(device, of: use.node.index, pod, use.at, &feed)
    }
  }

  private func begin(
    _ device: Int, of node: Int, _ pod: PodID, _ at: Instant, _ feed: inout TelemetryFeed
  ) {
    let spec = nodes.rows[node].spec
    let target = GPUMetrics.exporter(node: spec.name, feed.store.scrapeInterval)
    var holder: [Label] = []
    var held: Int64? = 0
    var isKnown = true
    var isRunning = false
    if !pod.isNone {
      learn(upTo: pod, &feed)
      let template = template(of: pod)
      let life = feed.lives.lives[pod.index]
      let container = template.template.spec.containers.first {
        $0.resources.limits[GPUMetrics.resource] != nil
      }
      holder = [
        Label("namespace", life.state.namespace), Label("pod", life.state.name),
        Label("container", container?.name ?? ""),
      ]
      held = template.containers[life.server].profile.memory.gpu.map { $0.count >> 20 }
      isKnown = service(of: life.state.labels, namespace: life.state.namespace) != nil
      isRunning = life.isRunning
    }
    let tenure = DeviceTenure(
      of: device, spec, pod: pod, from: at, holder: holder, held: held, at: target, feed.clock,
      interval: options.seriesInterval,
      xid: feed.devices.code(node: node, device: device), into: &feed.store)
    tenure.setMemory(isRunning: isRunning, at: at, into: &feed.store)
    if isKnown { tenure.rest(into: &feed.store) }
    feed.devices.begin(tenure, node: node, device: device, at: at, into: &feed.store)
  }
}

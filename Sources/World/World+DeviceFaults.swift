import ClusterAPI
import Control
import Kernel
import Units

// GPUs that fail: what the driver, its device plugin and the kubelet make of it.
extension World {
  func hasGPU(_ device: Int, _ row: NodeTable.Row) -> Bool {
    row.devices.contains { $0.resource == GPUMetrics.resource && device < $0.holders.count }
  }

  /// Whoever computes on the GPU fails; the plugin takes it out of what the node offers.
  ///
  /// A pod keeps the devices that it was given: its container starts on the same one again.
  mutating func gpuFails(_ node: NodeID, _ device: Int, xid: Int) {
    guard let pool = gpus(of: node) else { return }
    if hasFeeds {
      notes.errors.append(DeviceError(at: queue.now, node: node, device: device, xid: xid))
    }
    if XIDErrors.makesUnhealthy(xid) {
      nodes.rows[node.index].devices[pool].setHealthy(device, false)
      planDevicePost(node)
    }
    let holder = nodes.rows[node.index].devices[pool].holders[device]
    guard !holder.isNone else { return }
    for id in containerIDs(of: holder) where usesGPU(id) { exits(id, code: 1, at: queue.now) }
  }

  /// The GPU is reset, and its plugin begins anew.
  mutating func gpuRecovers(_ node: NodeID, _ device: Int) {
    guard let pool = gpus(of: node) else { return }
    nodes.rows[node.index].devices[pool].setHealthy(device, true)
    planDevicePost(node)
  }

  /// A machine that boots resets its GPUs.
  mutating func gpusReset(_ node: NodeID) {
    guard let pool = gpus(of: node) else { return }
    for device in nodes.rows[node.index].devices[pool].holders.indices {
      nodes.rows[node.index].devices[pool].setHealthy(device, true)
    }
  }

  /// What the kubelet says of devices that are not healthy.
  func unhealthyDevices(_ node: NodeID) -> ResourceList {
    var amounts: ResourceList = [:]
    for pool in nodes.rows[node.index].devices {
      let count = pool.isHealthy.count { !$0 }
      if count > 0 { amounts[pool.resource] = Quantity(Int64(count)) }
    }
    return amounts
  }

  /// Whether a container that starts has a GPU which does not answer.
  func holdsFailedDevice(_ id: ContainerID) -> Bool {
    let pod = containers[id].pod
    let node = pods.views[pod.index].node
    guard let pool = gpus(of: node), usesGPU(id) else { return false }
    let row = nodes.rows[node.index].devices[pool]
    return row.devices(of: pod).contains { !row.isHealthy[$0] }
  }

  private func usesGPU(_ id: ContainerID) -> Bool {
    let resources = template(of: id).container.resources
    return (resources.limits[GPUMetrics.resource] ?? resources.requests[GPUMetrics.resource]) != nil
  }

  private func gpus(of node: NodeID) -> Int? {
    nodes.rows[node.index].devices.firstIndex { $0.resource == GPUMetrics.resource }
  }

  /// The kubelet posts its status every 10 s (`nodeStatusUpdateFrequency`), when it renews its lease.
  private mutating func planDevicePost(_ node: NodeID) {
    let lease = nodes.rows[node.index].lease
    let next = max(lease.first, lease.lastRenewal(before: queue.now) + lease.interval)
    push(
      .kubeletPosts, node.index, at: next + options.latencies.apiRequest,
      generation: nodes.rows[node.index].generation)
  }
}

/// What a driver has said of a device.
struct DeviceError: Hashable, Sendable {
  var at: Instant
  var node: NodeID
  var device: Int
  var xid: Int
}

import ClusterAPI
import Control
import Kernel
public import Units

/// The devices of one extended resource of a node, each of which one pod holds.
///
/// The scheduler counts them; which device a pod gets is the kubelet's choice (the device manager), and
/// it keeps them until the pod is gone.
public struct DevicePool: Hashable, Sendable {
  /// Such as `nvidia.com/gpu`.
  public let resource: String
  /// By index of the device; `.none`: free.
  public private(set) var holders: [PodID]
  /// By index; one that is not is given to nobody, and kept by who holds it.
  public private(set) var isHealthy: [Bool]

  init(_ resource: String, count: Int) {
    self.resource = resource
    holders = Array(repeating: .none, count: count)
    isHealthy = Array(repeating: true, count: count)
  }

  /// The pools of a node, one for each extended resource it has.
  static func pools(_ allocatable: ResourceList) -> [DevicePool] {
    allocatable.filter { isExtended($0.key) }.map {
      DevicePool($0.key, count: Int(clamping: max(0, $0.value.value)))
    }
  }

  /// Named by a domain that is not Kubernetes' own (`IsExtendedResourceName`).
  static func isExtended(_ resource: String) -> Bool {
    guard let slash = resource.firstIndex(of: "/") else { return false }
    let domain = resource[..<slash]
    return domain != "kubernetes.io" && !domain.hasSuffix(".kubernetes.io")
      && !resource.hasPrefix("requests.")
  }

  /// Devices beyond those that are there now; none is taken away.
  mutating func grow(to count: Int) {
    while holders.count < count {
      holders.append(.none)
      isHealthy.append(true)
    }
  }

  /// Indices of the devices that may be given away.
  var free: [Int] { holders.indices.filter { holders[$0].isNone && isHealthy[$0] } }

  /// Gives a pod the free devices of the lowest indices; false where there are too few.
  mutating func allocate(_ wanted: Int, to pod: PodID) -> Bool {
    let free = free
    guard free.count >= wanted else { return false }
    for index in free.prefix(wanted) { holders[index] = pod }
    return true
  }

  mutating func setHealthy(_ device: Int, _ healthy: Bool) { isHealthy[device] = healthy }

  mutating func release(_ pod: PodID) {
    for index in holders.indices where holders[index] == pod { holders[index] = .none }
  }

  /// Indices of the devices that a pod holds.
  public func devices(of pod: PodID) -> [Int] { holders.indices.filter { holders[$0] == pod } }
}

/// Who holds the devices of a pool from an instant on.
struct DeviceUse: Hashable, Sendable {
  var at: Instant
  var node: NodeID
  /// In `NodeTable.Row.devices`.
  var pool: Int
  var holders: [PodID]
}

extension World {
  /// The kubelet gives the pod its devices.
  ///
  /// - Returns: what is missing, in the kubelet's words (`devicemanager`); nil: nothing is.
  mutating func allocateDevices(_ pod: PodID) -> String? {
    let node = pods.views[pod.index].node.index
    guard !nodes.rows[node].devices.isEmpty else { return nil }
    let spec = templates[pods.templates[pod.index].index].template.spec
    let requests = SchedulingRequests(spec).others
    for index in nodes.rows[node].devices.indices {
      let wanted = Int(clamping: requests[nodes.rows[node].devices[index].resource] ?? 0)
      guard wanted > 0, nodes.rows[node].devices[index].devices(of: pod).isEmpty else { continue }
      guard nodes.rows[node].devices[index].allocate(wanted, to: pod) else {
        releaseDevices(pod)
        let pool = nodes.rows[node].devices[index]
        return "requested number of devices unavailable for \(pool.resource). "
          + "Requested: \(wanted), Available: \(pool.free.count)"
      }
      noteDevices(NodeID(node), index)
    }
    return nil
  }

  mutating func releaseDevices(_ pod: PodID) {
    let node = pods.views[pod.index].node
    guard !node.isNone else { return }
    for index in nodes.rows[node.index].devices.indices {
      nodes.rows[node.index].devices[index].release(pod)
      noteDevices(node, index)
    }
  }

  private mutating func noteDevices(_ node: NodeID, _ pool: Int) {
    if !hasFeeds { return }
    let holders = nodes.rows[node.index].devices[pool].holders
    notes.uses.append(DeviceUse(at: queue.now, node: node, pool: pool, holders: holders))
  }

  /// The devices of one resource that a pod holds on its node.
  public func devices(of pod: PodID, _ resource: String) -> [Int] {
    let node = pods.views[pod.index].node
    guard !node.isNone else { return [] }
    let pool = nodes.rows[node.index].devices.first { $0.resource == resource }
    return pool?.devices(of: pod) ?? []
  }
}

import Units

/// The DCGM exporters of the nodes that have GPUs.
struct DeviceExporters: Sendable {
  /// By node and device.
  private(set) var nodes: [Int: [DeviceTenure?]] = [:]
  /// The node of each pod that holds devices.
  private(set) var nodeOfPod: [PodID: Int] = [:]
  /// The last code of each device that had one, by node.
  private var codes: [Int: [Int: Int]] = [:]

  /// Who holds a device from now on.
  mutating func begin(
    _ tenure: DeviceTenure, node: Int, device: Int, at: Instant, into store: inout TelemetryStore
  ) {
    var tenures = nodes[node] ?? []
    while tenures.count <= device { tenures.append(nil) }
    if let before = tenures[device] {
      before.end(at: at, into: &store)
      if !before.pod.isNone { nodeOfPod[before.pod] = nil }
    }
    tenures[device] = tenure
    nodes[node] = tenures
    for case let other? in tenures where !other.pod.isNone { nodeOfPod[other.pod] = node }
  }

  func code(node: Int, device: Int) -> Int { codes[node]?[device] ?? 0 }

  /// The driver has said something of a device.
  mutating func fail(
    _ error: DeviceError, _ clock: TelemetryClock, into store: inout TelemetryStore
  ) {
    codes[error.node.index, default: [:]][error.device] = error.xid
    guard let tenures = nodes[error.node.index], error.device < tenures.count else { return }
    tenures[error.device]?.setError(error.xid, at: error.at, into: &store)
  }

  /// The node's exporter begins anew, and knows of no error.
  mutating func restart(node: Int, at: Instant, into store: inout TelemetryStore) {
    guard codes.removeValue(forKey: node) != nil else { return }
    for case let tenure? in nodes[node] ?? [] { tenure.setError(0, at: at, into: &store) }
  }

  func holder(node: Int, device: Int) -> PodID {
    guard let tenures = nodes[node], device < tenures.count else { return .none }
    return tenures[device]?.pod ?? .none
  }

  func setMemory(
    of pod: PodID, isRunning: Bool, _ at: Instant, into store: inout TelemetryStore
  ) {
    guard let node = nodeOfPod[pod] else { return }
    for case let tenure? in nodes[node] ?? [] where tenure.pod == pod {
      tenure.setMemory(isRunning: isRunning, at: at, into: &store)
    }
  }

  /// Reads what the pod's meter has noted.
  mutating func read(_ pod: PodID, _ rows: MeterRows, into store: inout TelemetryStore) {
    guard let node = nodeOfPod[pod], let tenures = nodes[node] else { return }
    for device in tenures.indices where tenures[device]?.pod == pod {
      nodes[node]?[device]?.read(rows, into: &store)
    }
  }
}

import Units

/// The DCGM exporters of the nodes that have GPUs.
struct DeviceExporters: Sendable {
  /// By node and device.
  private(set) var nodes: [Int: [DeviceTenure?]] = [:]
  /// The node of each pod that holds devices.
  private(set) var nodeOfPod: [PodID: Int] = [:]

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

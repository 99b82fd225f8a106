import ClusterAPI
import Kernel
import PromQL
import Units

/// What the DCGM exporter shows of the GPUs of a node (`nvidia.com/gpu`), and of who holds each.
///
/// A GPU works while its pod serves a request; nobody knows it of a pod that serves none and that no
/// Service selects. Memory in use is what the profile of the holder's image says, and what is free needs
/// the node's label `nvidia.com/gpu.memory` (MiB). The last error is
/// known until the exporter begins anew, with its machine.
enum GPUMetrics {
  static let resource = "nvidia.com/gpu"

  static let families: [MetricFamily] = [
    gauge("DCGM_FI_DEV_FB_FREE", "Framebuffer memory that is free, in MiB."),
    gauge("DCGM_FI_DEV_FB_USED", "Framebuffer memory in use, in MiB."),
    gauge("DCGM_FI_DEV_GPU_UTIL", "Share of the time in which it worked, in %."),
    gauge("DCGM_FI_DEV_XID_ERRORS", "The last XID error; 0: none."),
  ]

  private static func gauge(_ name: String, _ help: String) -> MetricFamily {
    MetricFamily(
      name: name, kind: .gauge, help: help,
      labels: [
        "Hostname", "UUID", "container", "device", "gpu", "modelName", "namespace", "pod",
      ])
  }

  static func exporter(node: String, _ interval: Span) -> Target {
    Target(
      [
        Label("job", "nvidia-dcgm-exporter"), Label("instance", "\(node):9400"),
        Label("node", node),
      ], interval: interval)
  }
}

/// What is shown of one device from the moment at which somebody gets it, or gives it back, to the next.
struct DeviceTenure: Sendable {
  let pod: PodID
  private let from: Instant
  private let clock: TelemetryClock
  /// MiB of the device, and what a process of the holder takes of them; nil: unknown.
  private let size: Int64?
  private let held: Int64?
  private let places: (errors: Place, busy: Place, used: Place, free: Place)
  private var use: DeviceUtilization

  private typealias Place = TelemetryStore.Place

  /// - Parameters:
  ///   - holder: namespace, pod and container; empty: it is free.
  ///   - held: MiB that a process of the holder takes; nil: unknown.
  ///   - xid: the last error that is known; 0: none.
  init(
    of device: Int, _ node: NodeSpec, pod: PodID, from: Instant, holder: [Label], held: Int64?,
    at target: Target, _ clock: TelemetryClock, interval: Span, xid: Int,
    into store: inout TelemetryStore
  ) {
    let uuid = KubeState.text(uid: mix64(CauseHash().with(node.name).with(device).value))
    let own =
      [
        Label("gpu", "\(device)"), Label("UUID", "GPU-\(uuid)"),
        Label("device", "nvidia\(device)"), Label("Hostname", node.name),
        Label("modelName", node.labels["nvidia.com/gpu.product"] ?? ""),
      ] + holder
    let target = target.with(own)
    func place(_ name: String) -> Place {
      store.place(of: name, at: target)
    }
    (self.pod, self.from, self.held, self.clock) = (pod, from, held, clock)
    size = node.labels["nvidia.com/gpu.memory"].flatMap { Int64($0) }
    places = (
      place("DCGM_FI_DEV_XID_ERRORS"), place("DCGM_FI_DEV_GPU_UTIL"),
      place("DCGM_FI_DEV_FB_USED"), place("DCGM_FI_DEV_FB_FREE")
    )
    use = DeviceUtilization(from: from, interval: interval)
    store.set(places.errors, at: clock.time(from), Double(xid))
  }

  func setError(_ xid: Int, at: Instant, into store: inout TelemetryStore) {
    store.set(places.errors, at: clock.time(max(at, from)), Double(xid))
  }

  /// From an instant on a process of the holder runs, or none.
  func setMemory(isRunning: Bool, at: Instant, into store: inout TelemetryStore) {
    guard let held else { return }
    let (time, used) = (clock.time(max(at, from)), isRunning ? held : 0)
    store.set(places.used, at: time, Double(used))
    if let size { store.set(places.free, at: time, Double(max(0, size - used))) }
  }

  /// It is known how busy it is, and it does nothing yet.
  func rest(into store: inout TelemetryStore) {
    store.set(places.busy, at: clock.time(from), 0)
  }

  mutating func read(_ rows: MeterRows, into store: inout TelemetryStore) {
    for (at, percent) in use.read(rows) {
      store.set(places.busy, at: clock.time(max(at, from)), Double(percent))
    }
  }

  var position: Int { use.position }

  func end(at: Instant, into store: inout TelemetryStore) {
    store.end(
      [places.errors, places.busy, places.used, places.free], at: clock.time(at))
  }
}

/// How busy a GPU is whose pod notes rows: percent of each interval.
struct DeviceUtilization: Sendable {
  private let interval: Int64
  private var before: Int64
  private var busy: Int64 = 0
  private var serves = false
  /// The next row in the meter.
  private(set) var position = 0

  init(from: Instant, interval: Span) {
    self.interval = interval.ns
    before = from.ns
  }

  /// From an instant on, percent. The last one is what follows if no further row comes.
  mutating func read(_ rows: MeterRows) -> [(at: Instant, percent: Int64)] {
    var values: [(at: Instant, percent: Int64)] = []
    position = max(position, rows.start)
    while position < rows.end {
      let row = rows.row(position, since: .meter)
      position = rows.next(position)
      let at = row[.at]
      defer { (before, busy, serves) = (at, row[.busy], row[.serving] > 0) }
      guard at > before else { continue }
      let length = min(interval, at - before)
      // Nothing began and nothing ended before the interval of the row.
      let gap = at - before - length
      if gap > 0 { values.append((Instant(ns: before + interval), serves ? 100 : 0)) }
      let own = row[.busy] - busy - (serves ? gap : 0)
      values.append((row.at, (own * 100 + length / 2) / length))
    }
    if !values.isEmpty { values.append((Instant(ns: before + interval), serves ? 100 : 0)) }
    return values
  }
}

import ClusterAPI
import Kernel
import PromQL
import Units

/// What the DCGM exporter shows of the GPUs of a node (`nvidia.com/gpu`), and of who holds each.
///
/// A GPU works while its pod serves a request; nobody knows it of a pod that serves none and that no
/// Service selects. Memory in use is what the profile of the holder's image says, and what is free needs
/// the node's label `nvidia.com/gpu.memory` (MiB). No GPU ever fails.
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

  /// A device from the moment at which somebody gets it, or gives it back, to the next such moment.
  struct Tenure {
    var from: Instant
    /// `never`: it goes on.
    var to: Instant
    /// Namespace, pod and container; empty: it is free.
    var holder: [Label] = []
    /// MiB in use over time; empty: unknown.
    var memory: [(at: Instant, value: Int64)] = []
    /// Percent over time; empty: unknown.
    var utilization: [(at: Instant, value: Int64)] = []
  }

  static func exporter(node: String, _ interval: Span) -> Target {
    Target(
      [
        Label("job", "nvidia-dcgm-exporter"), Label("instance", "\(node):9400"),
        Label("node", node),
      ], interval: interval)
  }

  static func write(
    _ tenure: Tenure, device: Int, of node: NodeSpec, at target: Target, _ clock: TelemetryClock,
    into store: inout TelemetryStore
  ) {
    let uuid = KubeState.text(uid: mix64(CauseHash().with(node.name).with(device).value))
    let own =
      [
        Label("gpu", "\(device)"), Label("UUID", "GPU-\(uuid)"),
        Label("device", "nvidia\(device)"), Label("Hostname", node.name),
        Label("modelName", node.labels["nvidia.com/gpu.product"] ?? ""),
      ] + tenure.holder
    var series: [PromQL.Labels] = []
    func show(_ name: String, _ values: [(at: Instant, value: Int64)]) {
      let labels = target.labels(name, own)
      if !values.isEmpty { series.append(labels) }
      for (at, value) in values where at < tenure.to {
        store.set(labels, phase: target.phase, at: clock.time(max(at, tenure.from)), Double(value))
      }
    }
    show("DCGM_FI_DEV_XID_ERRORS", [(tenure.from, 0)])
    show("DCGM_FI_DEV_GPU_UTIL", tenure.utilization)
    show("DCGM_FI_DEV_FB_USED", tenure.memory)
    if let size = node.labels["nvidia.com/gpu.memory"].flatMap({ Int64($0) }) {
      show("DCGM_FI_DEV_FB_FREE", tenure.memory.map { ($0.at, max(0, size - $0.value)) })
    }
    if tenure.to != .never { store.end(series, phase: target.phase, at: clock.time(tenure.to)) }
  }

  /// How busy a GPU is whose pod has noted these rows: percent of each interval.
  static func utilization(
    _ rows: MeterRows, from start: Instant, interval: Span
  ) -> [(at: Instant, value: Int64)] {
    var values: [(at: Instant, value: Int64)] = [(start, 0)]
    var (before, busy, serves) = (start.ns, Int64(0), false)
    for index in rows.indices {
      let row = rows[index]
      defer { (before, busy, serves) = (row[.at], row[.busy], row[.serving] > 0) }
      guard row[.at] > before else { continue }
      let length = min(interval.ns, row[.at] - before)
      // Nothing began and nothing ended before the interval of the row.
      let gap = row[.at] - before - length
      if gap > 0 { values.append((Instant(ns: before + interval.ns), serves ? 100 : 0)) }
      let own = row[.busy] - busy - (serves ? gap : 0)
      values.append((row.at, (own * 100 + length / 2) / length))
    }
    if !rows.isEmpty { values.append((Instant(ns: before + interval.ns), serves ? 100 : 0)) }
    return values
  }
}

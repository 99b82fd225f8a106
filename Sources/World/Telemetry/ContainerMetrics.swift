import ClusterAPI
import PromQL
import Units

/// What cAdvisor shows of the container that serves a pod's requests, and of machines.
///
/// A process holds no page cache, so that its usage, its working set and its resident memory are the
/// same. The counts of throttling are those of `ThrottleMeter`.
enum ContainerMetrics {
  static let families: [MetricFamily] = [
    counter("container_cpu_usage_seconds_total", "CPU time used.", ["cpu"]),
    counter("container_cpu_cfs_periods_total", "Periods in which the CPU quota was drawn upon."),
    counter("container_cpu_cfs_throttled_periods_total", "Periods in which it was used up."),
    counter(
      "container_cpu_cfs_throttled_seconds_total", "Time by which it made requests slower."),
    counter("container_oom_events_total", "Kills for want of memory."),
    gauge("container_memory_rss", "Memory that is resident, in bytes."),
    gauge("container_memory_usage_bytes", "Memory in use."),
    gauge("container_memory_working_set_bytes", "Memory that cannot be taken back."),
    gauge("container_spec_cpu_period", "Length of a period of the CPU quota, in microseconds."),
    gauge("container_spec_cpu_quota", "CPU time in a period by the limit, in microseconds."),
    gauge("container_spec_memory_limit_bytes", "Memory limit; 0: none."),
    gauge("container_start_time_seconds", "Unix time at which it started."),
    MetricFamily(name: "machine_cpu_cores", kind: .gauge, help: "Cores of a node."),
    MetricFamily(name: "machine_memory_bytes", kind: .gauge, help: "Memory of a node."),
  ]

  private static let labels = ["container", "image", "namespace", "pod"]

  private static func counter(
    _ name: String, _ help: String, _ own: [String] = []
  ) -> MetricFamily {
    MetricFamily(name: name, kind: .counter, help: help, labels: labels + own)
  }

  private static func gauge(_ name: String, _ help: String) -> MetricFamily {
    MetricFamily(name: name, kind: .gauge, help: help, labels: labels)
  }

  /// One process of the container, from its start.
  ///
  /// - Parameters:
  ///   - rows: of this process.
  ///   - memory: what it holds at first.
  /// - Returns: its series.
  static func write(
    _ rows: [MeterRow], of container: PodState.Container, _ own: [Label], memory: Bytes,
    at target: Target, _ clock: TelemetryClock, into store: inout TelemetryStore
  ) -> [PromQL.Labels] {
    var series: [PromQL.Labels] = []
    func named(_ name: String, _ more: [Label] = []) -> PromQL.Labels {
      let labels = target.labels(name, own + more)
      series.append(labels)
      return labels
    }
    let start = clock.time(rows[0].at)
    func fixed(_ name: String, _ value: Double) {
      store.set(named(name), phase: target.phase, at: start, value)
    }
    fixed("container_start_time_seconds", Double(start / 1000))
    fixed(
      "container_spec_memory_limit_bytes", Double(container.limits["memory"]?.value ?? 0))
    let cpu = named("container_cpu_usage_seconds_total", [Label("cpu", "total")])
    let held = ["usage_bytes", "working_set_bytes", "rss"].map { named("container_memory_" + $0) }
    var throttling: [(PromQL.Labels, RequestMeter.Field, Double)] = []
    if let limit = container.limits["cpu"] {
      let period = ThrottleMeter.period / 1000
      fixed("container_spec_cpu_period", Double(period))
      fixed("container_spec_cpu_quota", Double(limit.milliValue * period / 1000))
      throttling = [
        (named("container_cpu_cfs_periods_total"), .periods, 1),
        (named("container_cpu_cfs_throttled_periods_total"), .throttledPeriods, 1),
        (named("container_cpu_cfs_throttled_seconds_total"), .throttled, 1e9),
      ]
    }
    for (index, row) in rows.enumerated() {
      let at = clock.time(row.at)
      store.set(cpu, phase: target.phase, at: at, Double(row.added(.cpu)) / 1e9)
      let bytes = index == 0 ? memory.count : row[.memory]
      for labels in held { store.set(labels, phase: target.phase, at: at, Double(bytes)) }
      for (labels, field, unit) in throttling {
        store.set(labels, phase: target.phase, at: at, Double(row.added(field)) / unit)
      }
    }
    return series
  }

  /// Kills for want of memory, over all processes of the pod: series of the same labels.
  static func write(
    kills: [Instant], from start: Instant, until end: Instant, _ own: [Label], at target: Target,
    _ clock: TelemetryClock, into store: inout TelemetryStore
  ) {
    let labels = target.labels("container_oom_events_total", own)
    store.set(labels, phase: target.phase, at: clock.time(start), 0)
    for (index, kill) in kills.enumerated() {
      store.set(labels, phase: target.phase, at: clock.time(kill), Double(index + 1))
    }
    if end != .never { store.end([labels], phase: target.phase, at: clock.time(end)) }
  }

  /// A node, whose capacity is what is allocatable, in whole cores.
  static func write(
    _ node: NodeView, at target: Target, _ time: Int64, into store: inout TelemetryStore
  ) {
    let cores = ((node.spec.allocatable["cpu"]?.milliValue ?? 0) + 999) / 1000
    let memory = node.spec.allocatable["memory"]?.value ?? 0
    let values = [Double(cores), Double(memory), 1]
    for (labels, value) in zip(machine(target), values) {
      store.set(labels, phase: target.phase, at: time, value)
    }
  }

  static func end(at target: Target, _ time: Int64, into store: inout TelemetryStore) {
    store.end(machine(target), phase: target.phase, at: time)
  }

  private static func machine(_ target: Target) -> [PromQL.Labels] {
    ["machine_cpu_cores", "machine_memory_bytes", "up"].map { target.labels($0) }
  }
}

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

  /// A node, whose capacity is what is allocatable, in whole cores.
  static func write(
    _ node: NodeView, at target: Target, _ time: Int64, into store: inout TelemetryStore
  ) {
    let cores = ((node.spec.allocatable["cpu"]?.milliValue ?? 0) + 999) / 1000
    let memory = node.spec.allocatable["memory"]?.value ?? 0
    let values = [Double(cores), Double(memory), 1]
    for (place, value) in zip(machine(target, &store), values) {
      store.set(place, at: time, value)
    }
  }

  static func end(at target: Target, _ time: Int64, into store: inout TelemetryStore) {
    store.end(machine(target, &store), at: time)
  }

  private static func machine(
    _ target: Target, _ store: inout TelemetryStore
  ) -> [TelemetryStore.Place] {
    ["machine_cpu_cores", "machine_memory_bytes", "up"].map { store.place(of: $0, at: target) }
  }
}

/// What cAdvisor shows of one process of a container, from its start.
struct ContainerExporter: MeterExporter, Sendable {
  static var origin: MeterRows.Origin { .process }

  var reader: MeterReader
  private(set) var places: [TelemetryStore.Place] = []
  private var cpu = TelemetryStore.Place.none
  private var memory: [TelemetryStore.Place] = []
  private var throttling: [(place: TelemetryStore.Place, field: RequestMeter.Field, unit: Double)] =
    []

  /// - Parameters:
  ///   - own: the labels that name the container.
  ///   - held: the memory that it holds at first.
  init(
    reader: MeterReader, of container: PodState.Container, _ own: [Label], held: Bytes,
    at target: Target, _ clock: TelemetryClock, into store: inout TelemetryStore
  ) {
    self.reader = reader
    let target = target.with(own)
    let start = clock.time(reader.from)
    fix("container_start_time_seconds", Double(start / 1000))
    fix("container_spec_memory_limit_bytes", Double(container.limits["memory"]?.value ?? 0))
    cpu = place("container_cpu_usage_seconds_total", [Label("cpu", "total")])
    store.set(cpu, at: start, 0)
    for name in ["usage_bytes", "working_set_bytes", "rss"] {
      let place = place("container_memory_" + name)
      store.set(place, at: start, Double(held.count))
      memory.append(place)
    }
    if let limit = container.limits["cpu"] {
      let period = ThrottleMeter.period / 1000
      fix("container_spec_cpu_period", Double(period))
      fix("container_spec_cpu_quota", Double(limit.milliValue * period / 1000))
      throttling = [
        (place("container_cpu_cfs_periods_total"), .periods, 1),
        (place("container_cpu_cfs_throttled_periods_total"), .throttledPeriods, 1),
        (place("container_cpu_cfs_throttled_seconds_total"), .throttled, 1e9),
      ]
      for (place, _, _) in throttling { store.set(place, at: start, 0) }
    }

    func place(_ name: String, _ more: [Label] = []) -> TelemetryStore.Place {
      let place = store.place(of: name, more, at: target)
      places.append(place)
      return place
    }
    func fix(_ name: String, _ value: Double) { store.set(place(name), at: start, value) }
  }

  mutating func write(_ row: MeterRow, at: Int64, into store: inout TelemetryStore) {
    store.set(cpu, at: at, Double(row.added(.cpu)) / 1e9)
    for place in memory { store.set(place, at: at, Double(row[.memory])) }
    for (place, field, unit) in throttling {
      store.set(place, at: at, Double(row.added(field)) / unit)
    }
  }
}

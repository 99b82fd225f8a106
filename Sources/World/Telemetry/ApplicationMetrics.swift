import PromQL
import Units

/// What a pod's own process shows, from the rows of its meter.
enum ApplicationMetrics {
  static let families: [MetricFamily] = [
    MetricFamily(
      name: "http_request_duration_seconds", kind: .histogram,
      help: "Time from accepting a request to its answer, of answers 200."),
    MetricFamily(name: "http_requests_total", kind: .counter, help: "Requests that were answered."),
  ]

  private static let codes: [(field: PodMeter.Field, code: String)] = [
    (.ok, "200"), (.clientGone, "499"), (.serverError, "500"), (.overflow, "503"),
  ]

  /// As client_golang writes bounds: `0.005`, `1`, `+Inf`.
  private static let bounds: [String] = PodMeter.bounds.map { bound in
    let seconds = Double(bound.ns) / 1e9
    return bound.ns % 1_000_000_000 == 0 ? String(bound.ns / 1_000_000_000) : String(seconds)
  }

  /// - Parameters:
  ///   - rows: of `PodMeter`.
  /// - Returns: the series that it may have.
  static func write(
    _ rows: [Int64], of target: Target, into store: inout TelemetryStore,
    clock: TelemetryClock
  ) -> [PromQL.Labels] {
    let requests = codes.map { target.labels("http_requests_total", [Label("code", $0.code)]) }
    let histogram = "http_request_duration_seconds"
    let buckets = (bounds + ["+Inf"]).map {
      target.labels(histogram + "_bucket", [Label("le", $0)])
    }
    let (sum, count) = (target.labels(histogram + "_sum"), target.labels(histogram + "_count"))
    for base in stride(from: 0, to: rows.count, by: PodMeter.width) {
      func value(_ field: PodMeter.Field) -> Int64 { rows[base + field.rawValue] }
      let at = clock.time(Instant(ns: value(.at)))
      for (index, (field, _)) in codes.enumerated() {
        let number = value(field)
        // A code that never came is not shown.
        if number > 0 || store.knows(requests[index]) {
          store.set(requests[index], phase: target.phase, at: at, Double(number))
        }
      }
      for index in bounds.indices {
        let number = rows[base + PodMeter.Field.allCases.count + index]
        store.set(buckets[index], phase: target.phase, at: at, Double(number))
      }
      let answered = Double(value(.ok))
      store.set(buckets[bounds.count], phase: target.phase, at: at, answered)
      store.set(count, phase: target.phase, at: at, answered)
      store.set(sum, phase: target.phase, at: at, Double(value(.latencySum)) / 1e9)
    }
    return requests + buckets + [sum, count]
  }
}

/// What cAdvisor shows of a pod's container.
enum ContainerMetrics {
  static let families: [MetricFamily] = [
    MetricFamily(
      name: "container_cpu_usage_seconds_total", kind: .counter, help: "CPU time used."),
    MetricFamily(
      name: "container_memory_working_set_bytes", kind: .gauge, help: "Memory in use."),
  ]

  static func write(
    _ rows: [Int64], _ own: [Label], of target: Target, into store: inout TelemetryStore,
    clock: TelemetryClock
  ) -> [PromQL.Labels] {
    let cpu = target.labels("container_cpu_usage_seconds_total", own + [Label("cpu", "total")])
    let memory = target.labels("container_memory_working_set_bytes", own)
    for base in stride(from: 0, to: rows.count, by: PodMeter.width) {
      let at = clock.time(Instant(ns: rows[base + PodMeter.Field.at.rawValue]))
      store.set(
        cpu, phase: target.phase, at: at, Double(rows[base + PodMeter.Field.cpu.rawValue]) / 1e9)
      store.set(
        memory, phase: target.phase, at: at,
        Double(rows[base + PodMeter.Field.memory.rawValue]))
    }
    return [cpu, memory]
  }
}

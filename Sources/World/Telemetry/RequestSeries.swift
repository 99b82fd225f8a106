import PromQL
import Units

/// A counter of requests and a histogram of their duration, by what came of them.
///
/// As with the vectors of client libraries, an outcome that has not come yet is not shown.
struct RequestSeries {
  struct Outcome {
    /// Shown as one.
    var observations: [RequestMeter.Observation]
    /// The labels that tell it from others.
    var labels: [Label]
  }

  private let requests: String
  private let duration: String
  private let labels: [Label]
  private let outcomes: [Outcome]
  private let target: Target
  private let buckets: [Span]
  private let bounds: [Span]
  /// By outcome; nil: it has not come.
  private var shown: [(counter: PromQL.Labels, histogram: HistogramSeries)?]

  /// - Parameters:
  ///   - labels: of all series.
  ///   - bounds: those of the meter, among which the buckets are.
  init(
    requests: String, duration: String, _ labels: [Label], _ outcomes: [Outcome], of target: Target,
    buckets: [Span], among bounds: [Span]
  ) {
    (self.requests, self.duration, self.labels) = (requests, duration, labels)
    (self.outcomes, self.target) = (outcomes, target)
    (self.buckets, self.bounds) = (buckets, bounds)
    shown = Array(repeating: nil, count: outcomes.count)
  }

  /// The series that it has shown.
  var all: [PromQL.Labels] {
    shown.flatMap { one in one.map { [$0.counter] + $0.histogram.all } ?? [] }
  }

  /// - Parameter rows: the latest ones of several meters, which are shown as one.
  mutating func write(_ rows: [MeterRow], at: Int64, into store: inout TelemetryStore) {
    for (index, outcome) in outcomes.enumerated() {
      var number: Int64 = 0
      for row in rows { for one in outcome.observations { number += row.count(one) } }
      if number == 0 { continue }
      let series = shown[index] ?? series(of: outcome)
      shown[index] = series
      store.set(series.counter, phase: target.phase, at: at, Double(number))
      series.histogram.write(rows, outcome.observations, at: at, into: &store)
    }
  }

  private func series(
    of outcome: Outcome
  ) -> (counter: PromQL.Labels, histogram: HistogramSeries) {
    let own = labels + outcome.labels
    return (
      target.labels(requests, own),
      HistogramSeries(duration, own, of: target, buckets: buckets, among: bounds)
    )
  }

  /// Writes what several meters noted, as the sum of them.
  mutating func write(
    _ meters: [[MeterRow]], _ clock: TelemetryClock, into store: inout TelemetryStore
  ) {
    var next = meters.map(\.startIndex)
    while true {
      var earliest = Instant.never
      for (meter, rows) in meters.enumerated() where next[meter] < rows.count {
        earliest = min(earliest, rows[next[meter]].at)
      }
      if earliest == .never { return }
      for (meter, rows) in meters.enumerated() {
        while next[meter] < rows.count, rows[next[meter]].at <= earliest { next[meter] += 1 }
      }
      var latest: [MeterRow] = []
      for (meter, rows) in meters.enumerated() where next[meter] > 0 {
        latest.append(rows[next[meter] - 1])
      }
      write(latest, at: clock.time(earliest), into: &store)
    }
  }
}

/// The series of one classic histogram of times.
struct HistogramSeries {
  /// Buckets in ascending order, the sum and the count.
  let all: [PromQL.Labels]
  private let phase: Int64
  /// Where each bucket ends among the bounds of the meter.
  private let columns: [Int]
  /// Nanoseconds.
  private let unit: Double

  /// - Parameter name: a histogram in milliseconds ends in `_milliseconds`; others are in seconds.
  init(
    _ name: String, _ labels: [Label], of target: Target, buckets: [Span], among bounds: [Span]
  ) {
    let unit = name.hasSuffix("_milliseconds") ? 1e6 : 1e9
    self.unit = unit
    phase = target.phase
    columns = buckets.map { bucket in bounds.lastIndex { $0 <= bucket } ?? -1 }
    let les = buckets.map { HistogramSeries.text($0, unit: unit) } + ["+Inf"]
    all =
      les.map { target.labels(name + "_bucket", labels + [Label("le", $0)]) }
      + ["_sum", "_count"].map { target.labels(name + $0, labels) }
  }

  /// As OpenMetrics and Prometheus 3 write bounds: `0.005`, `1.0`, `+Inf`.
  private static func text(_ bound: Span, unit: Double) -> String {
    String(Double(bound.ns) / unit)
  }

  func write(
    _ rows: [MeterRow], _ observations: [RequestMeter.Observation], at: Int64,
    into store: inout TelemetryStore
  ) {
    var below: Int64 = 0
    var column = 0
    for (bucket, last) in columns.enumerated() {
      while column <= last {
        for row in rows { for one in observations { below += row.bucket(one, column) } }
        column += 1
      }
      store.set(all[bucket], phase: phase, at: at, Double(below))
    }
    var (sum, count): (Int64, Int64) = (0, 0)
    for row in rows {
      for one in observations {
        sum += row.sum(one)
        count += row.count(one)
      }
    }
    store.set(all[columns.count], phase: phase, at: at, Double(count))
    store.set(all[columns.count + 1], phase: phase, at: at, Double(sum) / unit)
    store.set(all[columns.count + 2], phase: phase, at: at, Double(count))
  }
}

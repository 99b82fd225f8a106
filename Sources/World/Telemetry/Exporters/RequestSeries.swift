import PromQL
import Units

/// A counter of requests and a histogram of their duration, by what came of them.
///
/// As with the vectors of client libraries, an outcome that has not come yet is not shown, unless all are
/// shown from the beginning on.
struct RequestSeries: Sendable {
  struct Outcome: Sendable {
    /// Shown as one.
    var observations: [RequestMeter.Observation]
    /// The labels that tell it from others.
    var labels: [Label]
  }

  private let requests: String?
  private let duration: String
  private let labels: [Label]
  private let outcomes: [Outcome]
  private let target: Target
  private let buckets: [Span]
  private let bounds: [Span]
  /// By outcome; nil: it has not come.
  private var shown: [(counter: TelemetryStore.Place, histogram: HistogramSeries)?]

  /// - Parameters:
  ///   - requests: nil: there is no counter besides that of the histogram.
  ///   - labels: of all series.
  ///   - bounds: those of the meter, among which the buckets are.
  init(
    requests: String?, duration: String, _ labels: [Label], _ outcomes: [Outcome],
    of target: Target,
    buckets: [Span], among bounds: [Span]
  ) {
    (self.requests, self.duration, self.labels) = (requests, duration, labels)
    (self.outcomes, self.target) = (outcomes, target)
    (self.buckets, self.bounds) = (buckets, bounds)
    shown = Array(repeating: nil, count: outcomes.count)
  }

  /// The series that it has shown.
  var places: [TelemetryStore.Place] {
    shown.flatMap { one in one.map { [$0.counter] + $0.histogram.places } ?? [] }
  }

  /// Shows all outcomes from an instant on, of which none has come yet.
  mutating func showAll(at: Int64, into store: inout TelemetryStore) {
    for (index, outcome) in outcomes.enumerated() where shown[index] == nil {
      let series = series(of: outcome, in: &store)
      shown[index] = series
      store.set(series.counter, at: at, 0)
      for place in series.histogram.places { store.set(place, at: at, 0) }
    }
  }

  /// - Parameter rows: the latest ones of several meters, which are shown as one.
  mutating func write(
    _ rows: some Sequence<MeterRow>, at: Int64, into store: inout TelemetryStore
  ) {
    for (index, outcome) in outcomes.enumerated() {
      var number: Int64 = 0
      for row in rows { for one in outcome.observations { number += row.count(one) } }
      if number == 0 { continue }
      let series = shown[index] ?? series(of: outcome, in: &store)
      shown[index] = series
      store.set(series.counter, at: at, Double(number))
      series.histogram.write(rows, outcome.observations, at: at, into: &store)
    }
  }

  private func series(
    of outcome: Outcome, in store: inout TelemetryStore
  ) -> (counter: TelemetryStore.Place, histogram: HistogramSeries) {
    let own = labels + outcome.labels
    return (
      requests.map { store.place(of: $0, own, at: target) } ?? .none,
      HistogramSeries(duration, own, of: target, buckets: buckets, among: bounds, in: &store)
    )
  }
}

/// The series of one classic histogram of times.
struct HistogramSeries: Sendable {
  /// Buckets in ascending order, the sum and the count.
  let places: [TelemetryStore.Place]
  /// Where each bucket ends among the bounds of the meter.
  private let columns: [Int]
  /// Nanoseconds.
  private let unit: Double
  private let isWanted: Bool

  /// - Parameter name: a histogram in milliseconds ends in `_milliseconds`; others are in seconds.
  init(
    _ name: String, _ labels: [Label], of target: Target, buckets: [Span], among bounds: [Span],
    in store: inout TelemetryStore
  ) {
    let unit = name.hasSuffix("_milliseconds") ? 1e6 : 1e9
    self.unit = unit
    columns = buckets.map { bucket in bounds.lastIndex { $0 <= bucket } ?? -1 }
    let les = buckets.map { HistogramSeries.text($0, unit: unit) } + ["+Inf"]
    var places: [TelemetryStore.Place] = []
    if store.wanted.wants(name + "_bucket") {
      let own = target.labels(name + "_bucket", labels)
      for le in les {
        places.append(store.place(of: own.setting("le", to: le), target.scrapes))
      }
    } else {
      places = les.map { _ in .none }
    }
    for suffix in ["_sum", "_count"] {
      places.append(store.place(of: name + suffix, labels, at: target))
    }
    isWanted = places.contains { !$0.isNone }
    self.places = places
  }

  /// As OpenMetrics and Prometheus 3 write bounds: `0.005`, `1.0`, `+Inf`.
  static func text(_ bound: Span, unit: Double) -> String {
    String(Double(bound.ns) / unit)
  }

  func write(
    _ rows: some Sequence<MeterRow>, _ observations: [RequestMeter.Observation], at: Int64,
    into store: inout TelemetryStore
  ) {
    guard isWanted else { return }
    var below: Int64 = 0
    var column = 0
    for (bucket, last) in columns.enumerated() {
      while column <= last {
        for row in rows { for one in observations { below += row.bucket(one, column) } }
        column += 1
      }
      store.set(places[bucket], at: at, Double(below))
    }
    var (sum, count): (Int64, Int64) = (0, 0)
    for row in rows {
      for one in observations {
        sum += row.sum(one)
        count += row.count(one)
      }
    }
    store.set(places[columns.count], at: at, Double(count))
    store.set(places[columns.count + 1], at: at, Double(sum) / unit)
    store.set(places[columns.count + 2], at: at, Double(count))
  }
}

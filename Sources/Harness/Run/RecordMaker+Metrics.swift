import ClusterAPI
import PromQL
import Recording
import Units
import Verdict
import World

// What was measured of a run.
extension RecordMaker {
  /// Series of a query that are kept, at most: those with the highest values.
  private static let seriesOfQuery = 4

  /// What clients saw, by Service.
  func seen(_ trace: RunTrace) -> [RunRecord.Series] {
    guard let seen = trace.seen else { return [] }
    var services: [ObjectKey] = []
    for load in plan.scenario.loads where !services.contains(load.service) {
      services.append(load.service)
    }
    return services.flatMap { service in
      [
        series(seen.requests, of: service, .requests, "requests/s", empty: 0, unit: 1),
        series(seen.failures, of: service, .failedRequests, "requests/s", empty: 0, unit: 1),
        series(seen.latency, of: service, .latency, "µs", empty: -1, unit: 1e6),
      ]
    }
  }

  /// One value for each second of the scenario.
  private func series(
    _ answer: QueryAnswer, of service: ObjectKey, _ measure: RunRecord.Series.Measure,
    _ name: String, empty: Int64, unit: Double
  ) -> RunRecord.Series {
    let second = LoadMetrics.interval
    var values = [Int64](repeating: empty, count: Int(plan.scenario.duration.ns / second.ns))
    let address = LoadMetrics.address(of: service)
    if let one = answer.series.first(where: { $0.labels["server_address"] == address }) {
      for (time, value) in zip(one.samples.times, one.samples.values) where value.isFinite {
        let index = Int((time - answer.first) / answer.step)
        if values.indices.contains(index) { values[index] = Int64((value * unit).rounded()) }
      }
    }
    return .init(
      name: service.name, measure: measure, unit: name, start: .zero, interval: second,
      values: values)
  }

  /// The answers to expected queries over time.
  func measured(_ trace: RunTrace) -> [RunRecord.Series] {
    var all: [RunRecord.Series] = []
    var known: Set<String> = []
    for (expected, answer) in zip(plan.scenario.expect.queries, trace.answers)
    where expected.moment != .atEnd && known.insert(expected.query).inserted {
      let count = Int((plan.end - plan.changeAt).ns / 1_000_000 / answer.step) + 1
      let kept = answer.series.enumerated()
        .map { (place: $0, most: $1.samples.values.max() ?? 0) }
        .sorted { ($1.most, $0.place) < ($0.most, $1.place) }.prefix(RecordMaker.seriesOfQuery)
      for place in kept.map(\.place).sorted() {
        let one = answer.series[place]
        var values = [Int64](repeating: -1, count: count)
        for (time, value) in zip(one.samples.times, one.samples.values)
        where value.isFinite && value < 1e12 {
          let index = Int((time - answer.first) / answer.step)
          if values.indices.contains(index) { values[index] = Int64(max(0, value) * 1e6) }
        }
        let labels = answer.series.count > 1 ? " \(one.labels)" : ""
        all.append(
          .init(
            name: expected.query + labels, measure: .query, unit: "millionths",
            start: shift(plan.changeAt), interval: plan.scenario.scrapeInterval, values: values))
      }
    }
    return all
  }
}

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

  /// How many pods of each revision were ready.
  func ready(_ trace: RunTrace) -> [RunRecord.Series] {
    guard let ready = trace.ready else { return [] }
    return trace.judged.flatMap { workload in
      ready.revisions(of: workload.key).compactMap { one -> RunRecord.Series? in
        guard let first = ready.first(of: workload.key),
          one.samples.values.contains(where: { $0 > 0 })
        else { return nil }
        return .init(
          name: one.name, measure: .readyPods, unit: "pods", start: .zero,
          interval: LoadMetrics.interval,
          values: seconds(one.samples, from: first, empty: 0, unit: 1))
      }
    }
  }

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
      ]
        + [seen.latency].compactMap(\.self).map {
          series($0, of: service, .latency, "µs", empty: -1, unit: 1e6)
        }
    }
  }

  private func series(
    _ answer: QueryAnswer, of service: ObjectKey, _ measure: RunRecord.Series.Measure,
    _ name: String, empty: Int64, unit: Double
  ) -> RunRecord.Series {
    let address = LoadMetrics.address(of: service)
    let one = answer.series.first { $0.labels["server_address"] == address }
    return .init(
      name: service.name, measure: measure, unit: name, start: .zero,
      interval: LoadMetrics.interval,
      values: seconds(one?.samples ?? Samples(), from: answer.first, empty: empty, unit: unit))
  }

  /// One value for each second of the scenario.
  ///
  /// - Parameters:
  ///   - first: the end of the first second, in milliseconds since the epoch.
  ///   - unit: in what values are counted.
  private func seconds(
    _ samples: Samples, from first: Int64, empty: Int64, unit: Double
  ) -> [Int64] {
    let second = LoadMetrics.interval.ns
    var values = [Int64](repeating: empty, count: Int(plan.scenario.duration.ns / second))
    for (time, value) in zip(samples.times, samples.values) where value.isFinite {
      let index = Int((time - first) / (second / 1_000_000))
      if values.indices.contains(index) { values[index] = Int64((value * unit).rounded()) }
    }
    return values
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

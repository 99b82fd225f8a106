import PromQL
import Recording
import Units
import Verdict
import World

// What was measured of a run.
extension RecordMaker {
  /// Series of a query that are kept, at most: those with the highest values.
  private static let seriesOfQuery = 4

  /// The answers to expected queries over time.
  func measured(_ trace: RunTrace) -> [RunRecord.Series] {
    var all: [RunRecord.Series] = []
    var known: Set<String> = []
    for (expected, answer) in zip(plan.scenario.expect.queries, trace.answers)
    where expected.moment != .atEnd && known.insert(expected.query).inserted {
      let step = plan.scenario.scrapeInterval.ns / 1_000_000
      let count = Int((plan.end - plan.changeAt).ns / 1_000_000 / step) + 1
      let kept = answer.series.enumerated()
        .map { (place: $0, most: $1.samples.values.max() ?? 0) }
        .sorted { ($1.most, $0.place) < ($0.most, $1.place) }.prefix(RecordMaker.seriesOfQuery)
      for place in kept.map(\.place).sorted() {
        let one = answer.series[place]
        var values = [Int64](repeating: -1, count: count)
        for (time, value) in zip(one.samples.times, one.samples.values)
        where value.isFinite && value < 1e12 {
          let index = Int((time - answer.first) / step)
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

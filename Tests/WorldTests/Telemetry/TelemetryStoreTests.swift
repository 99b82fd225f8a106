import PromQL
import Testing
import Units

@testable import World

/// What is scraped of a series that changes: when, what, and how it ends.
@Suite struct TelemetryStoreTests {
  private let labels = PromQL.Labels(name: "m", [Label("pod", "a")])

  private func store(
    _ points: [(at: Int64, value: Double)], phase: Int64 = 4_000, interval: Int64 = 15_000
  ) -> TelemetryStore {
    var store = TelemetryStore(scrapeInterval: .seconds(15), begin: 0, end: 120_000)
    let scrapes = ScrapeTimes(phase: phase, interval: interval)
    for point in points { store.set(labels, scrapes, at: point.at, point.value) }
    return store
  }

  private func samples(_ store: TelemetryStore, after: Int64 = -1, through: Int64 = 120_000)
    -> [String]
  {
    let series = store.series(
      matching: [LabelMatcher("__name__", equals: "m")],
      in: TimeSpan(after: after, through: through))
    return series.flatMap { one in
      zip(one.samples.times, one.samples.values).map {
        "\($0 / 1000):" + (Samples.isStale($1) ? "stale" : "\(Int($1))")
      }
    }
  }

  @Test func theLatestValueIsScrapedAtThePhase() {
    let store = store([(0, 1), (20_000, 2), (33_000, 3), (34_000, 4)])
    #expect(
      samples(store) == ["4:1", "19:1", "34:4", "49:4", "64:4", "79:4", "94:4", "109:4"])
    // A span begins after its left end.
    #expect(samples(store, after: 19_000, through: 49_000) == ["34:4", "49:4"])
    #expect(samples(store, after: 20_000, through: 33_000).isEmpty)
  }

  @Test func whatIsNotShownAnyMoreEndsOnce() {
    let store = store([(10_000, 1), (40_000, Samples.stale), (80_000, 7)])
    let all = ["19:1", "34:1", "49:stale", "94:7", "109:7"]
    #expect(samples(store) == all)
    // The marker is there for a reader who begins after the last value too.
    #expect(samples(store, after: 40_000, through: 64_000) == ["49:stale"])
    #expect(samples(store, after: 50_000, through: 64_000).isEmpty)
  }

  @Test func anEqualValueIsNoChange() {
    let store = store([(0, 1), (5_000, 1), (9_000, 1)])
    #expect(store.rows[0].points.count == 1)
  }

  @Test func whatIsAskedOnlyHasItsOwnSeries() {
    var store = store([(0, 1)])
    store.set(PromQL.Labels(name: "n"), ScrapeTimes(phase: 0, interval: 15_000), at: 0, 1)
    #expect(store.metricNames == ["m", "n"])
    #expect(samples(store).count == 8)
    #expect(store.all.map(\.labels.name) == ["m", "n"])
  }

  /// A target has an interval of its own.
  @Test func aTargetThatPushesIsSeenMoreOften() {
    let store = store([(0, 1), (2_500, 2)], phase: 0, interval: 1_000)
    #expect(samples(store, through: 4_000) == ["0:1", "1:1", "2:1", "3:2", "4:2"])
  }

  /// What is asked with `@` is kept, and nothing else of its time.
  @Test func aSampleIsKeptForAFixedTime() {
    var store = store((0...100).map { ($0 * 1_000, Double($0)) }, phase: 0, interval: 1_000)
    for time in [50_000, 90_000] as [Int64] {
      store.forget(before: time, keeping: 10_500)
      #expect(samples(store, after: 9_999, through: 10_500) == ["10:10"])
      #expect(store.rows[0].points.count == 102 - Int(time) / 1000)
      #expect(
        samples(store, after: time, through: time + 1_000) == [
          "\(time / 1000 + 1):\(time / 1000 + 1)"
        ])
    }
    store.forget(before: 95_000)
    #expect(store.rows[0].points.count == 6)
  }

  @Test func targetsAreSpreadOverTheInterval() {
    let phases = (0..<40).map {
      Target([Label("instance", "pod-\($0)")], interval: .seconds(15)).scrapes.phase
    }
    #expect(phases.allSatisfy { $0 >= 0 && $0 < 15_000 && $0 % 1000 == 0 })
    #expect(Set(phases).count > 10)
  }
}

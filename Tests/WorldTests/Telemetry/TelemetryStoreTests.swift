import PromQL
import Testing
import Units

@testable import World

/// What is scraped of a series that changes: when, what, and how it ends.
@Suite struct TelemetryStoreTests {
  private let labels = PromQL.Labels(name: "m", [Label("pod", "a")])

  private func store(_ points: [(at: Int64, value: Double)]) -> TelemetryStore {
    var store = TelemetryStore(scrapeInterval: .seconds(15), begin: 0, end: 120_000)
    for point in points { store.set(labels, phase: 4_000, at: point.at, point.value) }
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
    store.set(PromQL.Labels(name: "n"), phase: 0, at: 0, 1)
    #expect(store.metricNames == ["m", "n"])
    #expect(samples(store).count == 8)
    #expect(store.all.map(\.labels.name) == ["m", "n"])
  }

  @Test func targetsAreSpreadOverTheInterval() {
    let phases = (0..<40).map {
      Target([Label("instance", "pod-\($0)")], interval: .seconds(15)).phase
    }
    #expect(phases.allSatisfy { $0 >= 0 && $0 < 15_000 && $0 % 1000 == 0 })
    #expect(Set(phases).count > 10)
  }
}

import PromQL
import Testing
import Units

@testable import World

/// What a store says of the newest samples follows from its samples.
@Suite struct NewestSamplesTests {
  /// A store without its newest samples: they are found among all.
  private struct Plain: SeriesSource {
    var store: TelemetryStore

    func series(matching matchers: [LabelMatcher], in span: TimeSpan) -> [Series] {
      store.series(matching: matchers, in: span)
    }
  }

  private static var store: TelemetryStore {
    var store = TelemetryStore(scrapeInterval: .seconds(15), begin: 1_000_000, end: 1_600_000)
    var state: UInt64 = 7
    func draw(_ count: Int64) -> Int64 {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return Int64(state >> 33) % count
    }
    for index in 0..<60 {
      let labels = PromQL.Labels(
        name: index % 3 == 0 ? "up" : "m",
        [Label("instance", "i-\(index % 7)"), Label("pod", "\(index)")])
      var at = store.begin + draw(100_000)
      while at < store.end {
        store.set(
          labels, ScrapeTimes(phase: draw(15) * 1000, interval: draw(3) == 0 ? 1000 : 15_000),
          at: at, draw(4) == 0 ? Samples.stale : Double(draw(3)))
        at += draw(8) == 0 ? 1_000 + draw(30_000) : 20_000 + draw(200_000)
      }
    }
    store.silence(["i-1", "i-2"], from: 1_100_000)
    store.hear(["i-2"], from: 1_200_500)
    store.silence(["i-2"], from: 1_400_000)
    return store
  }

  @Test(arguments: [
    "m", "up", "m offset 70s", "m @ 1200", "m @ end()", "timestamp(m)", "timestamp(up offset 1m)",
    "count(up == 0)", #"m{instance=~"i-1|i-2"}"#, "topk(3, m)", "m and up", "absent(m)",
  ])
  func answersAreThoseOfTheSamples(text: String) throws {
    var stores = [Self.store, Self.store]
    stores[1].sort()
    stores[1].forget(before: 1_250_000)
    for store in stores {
      for (lookback, step) in [(300_000, 7_000), (20_000, 15_000), (15_000, 61_000)] {
        let options = QueryOptions(lookback: Int64(lookback))
        let query = try Query(text)
        // Past the end, too, where the last samples become old.
        let first: Int64 = 1_290_000
        let (known, plain) = try (
          query.range(
            from: first, through: 1_950_000, step: Int64(step), in: store, options: options),
          query.range(
            from: first, through: 1_950_000, step: Int64(step), in: Plain(store: store),
            options: options)
        )
        guard case .matrix(let mine) = known.value, case .matrix(let other) = plain.value else {
          Issue.record("\(text) has no matrix")
          return
        }
        #expect(mine == other, "\(text)")
        for time in stride(from: first, through: 1_700_000, by: 33_000) {
          let (one, two) = try (
            query.instant(at: time, in: store, options: options).value,
            query.instant(at: time, in: Plain(store: store), options: options).value
          )
          guard case .vector(let mine) = one, case .vector(let other) = two else { continue }
          #expect(mine == other, "\(text) at \(time)")
        }
      }
    }
  }

  @Test func moreThanMayBeAskedIsNotAnswered() throws {
    let matchers = [LabelMatcher("__name__", equals: "m")]
    let query = try Query("m")
    let options = QueryOptions(pointsMax: 100)
    let store = Self.store
    #expect(throws: QueryError.self) {
      try query.range(
        from: store.begin, through: store.end, step: 15_000, in: store, options: options)
    }
    #expect(store.rows(matching: matchers).count == 40)
  }
}

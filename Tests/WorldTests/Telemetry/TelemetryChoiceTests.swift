import PromQL
import Testing
import Units

@testable import World

/// A store that is made for queries that are known beforehand.
@Suite struct TelemetryChoiceTests {
  private static let texts = [
    "rate(http_requests_total[1m])",
    "histogram_quantile(0.9, sum by (le) (rate(http_request_duration_seconds_bucket[2m])))",
    "kube_deployment_status_replicas_updated / kube_deployment_spec_replicas",
    "increase(kube_pod_container_status_restarts_total[5m])",
    "kube_pod_info * on (pod) group_left container_memory_working_set_bytes",
    "kube_node_info or up",
    "absent(no_such_metric)",
  ]

  /// With staleness markers, which as numbers are not equal to themselves.
  private struct Bits: Equatable {
    var labels: PromQL.Labels
    var times: [Int64]
    var values: [UInt64]

    init(_ series: Series) {
      labels = series.labels
      times = series.samples.times
      values = series.samples.values.map(\.bitPattern)
    }
  }

  @Test func aQueryGetsTheSameAnswerFromWhatItSelectsAlone() throws {
    let all = try #require(ScrapedRun.store)
    func check(_ queries: [Query]) throws {
      let some = try #require(ScrapedRun.store(of: queries.map(\.text)))
      #expect(some.seriesCount < all.seriesCount)
      let asked = all.all.filter { some.wanted.wants($0.labels) }
      #expect(some.all.map(Bits.init) == asked.map(Bits.init))
      for query in queries {
        let answers = try [all, some].map {
          try query.range(from: $0.begin, through: $0.end, step: 15_000, in: $0).value
        }
        guard case .matrix(let mine) = answers[1], case .matrix(let whole) = answers[0] else {
          Issue.record("\(query.text) has no matrix")
          continue
        }
        #expect(mine.map(Bits.init) == whole.map(Bits.init), "\(query.text)")
        #expect(!mine.isEmpty, "\(query.text)")
      }
    }
    let queries = try Self.texts.map { try Query($0) }
    for query in queries { try check([query]) }
    try check(queries)
  }

  @Test(arguments: [#"{__name__=~"kube_.*"}"#, #"count by (__name__) ({job="kubelet"})"#])
  func aSelectorWithoutANameKeepsAll(text: String) throws {
    let store = try #require(ScrapedRun.store(of: ["up", text]))
    #expect(store.wanted.names == nil)
    #expect(store.all.map(Bits.init) == ScrapedRun.store?.all.map(Bits.init))
  }

  @Test(
    arguments: [
      ("up", 300_000), ("rate(http_requests_total[2m] offset 1m)", 180_000),
      ("max_over_time(rate(up[1m])[10m:1m])", 660_000),
    ] as [(String, Int64?)])
  func aQueryLooksBackSoFar(text: String, reach: Int64?) throws {
    #expect(WantedSeries([try Query(text)]).reach == reach)
  }

  @Test(arguments: ["up @ 12", "up @ start()", "up @ end()", "up + up @ 0"])
  func aFixedTimeIsNeverTooOld(text: String) throws {
    #expect(WantedSeries([try Query(text)]).reach == nil)
  }

  /// However often exporters look, and whatever is forgotten on the way.
  @Test(arguments: [1, 7, 45, 240])
  func answersAreTheSameHoweverOftenItIsLooked(seconds: Int64) throws {
    let queries = try Self.texts.map { try Query($0) }
    let all = try #require(ScrapedRun.store)
    var world = ScrapedRun.start(of: Self.texts)
    var next = Instant.zero
    while next < ScrapedRun.end {
      next = min(next + .seconds(seconds), ScrapedRun.end)
      world.run(until: next)
      world.scrape(through: next)
      let scraped = world.telemetry
      let some = try #require(scraped)
      // What happens at the instant itself is known a moment later.
      let last = some.end - 1
      for query in queries where seconds > 5 {
        #expect(
          try answer(query, last, some) == answer(query, last, all), "\(query.text) at \(last)")
      }
      world.forgetMetrics(askedFrom: last + 1)
    }
    let scraped = world.telemetry
    let end = try #require(scraped)
    for query in queries {
      #expect(try answer(query, end.end, end) == answer(query, all.end, all), "\(query.text)")
    }
    // An hour later the samples of the run would not be there any more.
    let before = end.rows.reduce(0) { $0 + $1.points.count }
    world.forgetMetrics(askedFrom: end.end + 3_600_000)
    let after = world.telemetry?.rows.reduce(0) { $0 + $1.points.count }
    #expect(try #require(after) < before)
  }

  private func answer(
    _ query: Query, _ time: Int64, _ store: TelemetryStore
  ) throws -> [String] {
    guard case .vector(let values) = try query.instant(at: time, in: store).value else { return [] }
    return values.map { "\($0.labels) \($0.value)" }
  }

  @Test func unknownNamesAreThoseThatNoRunShows() throws {
    let query = try Query("up + kube_pod_inf / (kube_pod_inf * http_requests) + sum({job=\"a\"})")
    #expect(MetricCatalog.unknownNames(in: query) == ["kube_pod_inf", "http_requests"])
    for name in MetricCatalog.seriesNames { #expect(MetricCatalog.family(ofSeries: name) != nil) }
    #expect(MetricCatalog.family(ofSeries: "http_request_duration_seconds") == nil)
  }
}

import PromQL
import Testing

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
    let world = ScrapedRun.world
    func check(_ queries: [Query]) throws {
      let made = world.telemetry(until: ScrapedRun.end, for: queries)
      let some = try #require(made)
      #expect(some.seriesCount < all.seriesCount)
      let asked = all.all.filter { some.names?.contains($0.labels.name) ?? false }
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
    let queries = [try Query("up"), try Query(text)]
    let made = ScrapedRun.world.telemetry(until: ScrapedRun.end, for: queries)
    let store = try #require(made)
    #expect(store.names == nil)
    #expect(store.all.map(Bits.init) == ScrapedRun.store?.all.map(Bits.init))
  }

  @Test func unknownNamesAreThoseThatNoRunShows() throws {
    let query = try Query("up + kube_pod_inf / (kube_pod_inf * http_requests) + sum({job=\"a\"})")
    #expect(MetricCatalog.unknownNames(in: query) == ["kube_pod_inf", "http_requests"])
    for name in MetricCatalog.seriesNames { #expect(MetricCatalog.family(ofSeries: name) != nil) }
    #expect(MetricCatalog.family(ofSeries: "http_request_duration_seconds") == nil)
  }
}

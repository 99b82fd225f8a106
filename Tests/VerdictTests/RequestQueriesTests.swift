import Foundation
import ClusterAPI
import PromQL
import Testing
import Units

@testable import Verdict

/// The queries of requests are PromQL, of announced metrics, and stand in docs/promql.md as they are asked.
@Suite struct RequestQueriesTests {
  private static let page = URL(filePath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent().appending(path: "docs/promql.md")

  private static let since: Int64 = 1_700_000_060_000
  private static let all = [
    RequestQueries.errorRatio(service, since: since),
    RequestQueries.latency(Ratio(ppm: 990_000), service, since: since),
    RequestQueries.rate, RequestQueries.failures, RequestQueries.slowest,
  ]

  @Test(arguments: all) func isDocumented(_ query: String) throws {
    let text = try String(contentsOf: Self.page, encoding: .utf8)
    #expect(text.contains("    \(query)\n"), "docs/promql.md: add `    \(query)`")
  }

  @Test(arguments: all) func readsWhatIsAnnounced(_ query: String) throws {
    let selectors = try Query(query).selectors(from: Self.since, through: Self.since)
    let names = selectors.flatMap { one in
      one.matchers.filter { $0.name == PromQL.Labels.metricName }.map(\.value)
    }
    #expect(!names.isEmpty && names.count == selectors.count)
    #expect(names.allSatisfy { RequestQueries.announced.contains($0) })
  }
}

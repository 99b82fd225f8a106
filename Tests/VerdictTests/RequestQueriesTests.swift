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
    RequestQueries.rate, RequestQueries.failures, RequestQueries.slowest, RequestQueries.lost,
    RequestQueries.slow(.milliseconds(500)),
  ]

  private static let ready = [Kind.deployment, .statefulSet].map {
    ReadyQueries.ready(ObjectKey($0, namespace: "default", name: "web"))
  }

  @Test(arguments: all + ready) func isDocumented(_ query: String) throws {
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

  /// Pods are chosen by their names, as their controllers make them.
  @Test func podsOfOthersAreLeft() throws {
    func pods(_ kind: Kind, _ name: String) throws -> LabelMatcher {
      let query = ReadyQueries.ready(ObjectKey(kind, namespace: "shop", name: name))
      let selectors = try Query(query).selectors(from: 0, through: 0)
      #expect(selectors.count == 3)
      return try #require(selectors[0].matchers.first { $0.name == "pod" })
    }
    let web = try pods(.deployment, "web")
    #expect(web.matches("web-6c5c7fb59b-x2k4d"))
    #expect(!web.matches("web-api-6c5c7fb59b-x2k4d") && !web.matches("my-web-6c5c7fb59b-x2k4d"))
    let set = try pods(.statefulSet, "db.main")
    #expect(set.matches("db.main-12") && !set.matches("db-main-12") && !set.matches("db.main-x-0"))
    let agent = try pods(.daemonSet, "agent")
    #expect(agent.matches("agent-x2k4d") && !agent.matches("agent-6c5c7fb59b-x2k4d"))
  }
}

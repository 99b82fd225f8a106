import ClusterAPI
import PromQL
import Testing
import Units

@testable import Control

@Suite struct AdapterAnswerTests {
  private let selector = LabelSelector(matchLabels: ["app": "web"])

  private func ask(
    _ query: ClusterAPI.Query, _ rules: AdapterRules, pods: [String] = ["a", "b"],
    _ prometheus: AdapterPrometheus<SeriesStore>
  ) -> ClusterAPI.QueryResult? {
    switch query {
    case .scale, .resourceMetrics: nil
    default:
      rules.metric(for: query, from: prometheus)?.answer(
        query, pods: pods, from: prometheus, now: .zero + .milliseconds(60_500))
        ?? .refused(.notFound)
    }
  }

  private func pods(_ metric: String) -> ClusterAPI.Query {
    .podsMetric(metric, metricSelector: nil, namespace: "default", selector: selector)
  }

  private func object(_ kind: String, _ name: String = "x") -> ClusterAPI.Query {
    .objectMetric(
      "depth", metricSelector: nil, namespace: "default", kind: kind, name: name)
  }

  private let requests = prometheus(
    ("http_requests_total", [("namespace", "default"), ("pod", "a")], 7),
    ("http_requests_total", [("namespace", "default"), ("pod", "b")], 7),
    ("container_cpu_usage_seconds_total", [("namespace", "default"), ("pod", "a")], 1),
    ("node_load1", [("instance", "node-0")], 1))

  @Test func theChartsRulesAnswerRatesOfPods() throws {
    let found = AdapterRules.chart.metric(
      "http_requests", of: .pods, among: requests.names, at: 60_000, in: requests.source)
    let metric = try #require(found)
    #expect(
      try metric.query(of: .pods, named: ["a", "b"], namespace: "default")
        == "sum(rate(http_requests_total{namespace=\"default\",pod=~\"a|b\"}[5m])) by (pod)")
    let cpu = AdapterRules.chart.metric(
      "cpu_usage", of: .pods, among: requests.names, at: 60_000, in: requests.source)
    #expect(cpu?.series == "container_cpu_usage_seconds_total")
    #expect(
      try cpu?.query(of: .pods, named: ["a"], namespace: "default")
        == "sum(rate(container_cpu_usage_seconds_total"
        + "{namespace=\"default\",pod=\"a\",container!=\"POD\"}[5m])) by (pod)")
    #expect(AdapterRules.chart.rules.count == 6)
    // Without a namespace no rule lists it.
    let load = AdapterRules.chart.metric(
      "node_load1", of: .nodes, among: requests.names, at: 60_000, in: requests.source)
    #expect(load == nil)
  }

  @Test func podsWithoutASampleAreLeftOut() {
    let gauge = prometheus(
      ("depth", [("namespace", "default"), ("pod", "a")], 1.23456),
      ("depth", [("namespace", "default"), ("pod", "b")], .nan),
      ("depth", [("namespace", "other"), ("pod", "c")], 9))
    let answer = ask(pods("depth"), .chart, pods: ["a", "b", "c"], gauge)
    let at = Instant.zero + .seconds(60)
    #expect(
      answer
        == .podMetrics(
          PodMetrics([
            ("a", PodMetric(milli: 1234, timestamp: at, window: .minutes(1))),
            ("b", PodMetric(milli: 0, timestamp: at, window: .minutes(1))),
          ])))
    #expect(ask(pods("width"), .chart, gauge) == .refused(.notFound))
    #expect(ask(pods("depth"), .chart, pods: [], gauge) == .refused(.notFound))
    let scale = ClusterAPI.Query.scale(ObjectKey(.deployment, namespace: "a", name: "b"))
    #expect(ask(scale, .chart, gauge) == nil)
  }

  @Test func seriesAreListedForAMinute() {
    var old = requests
    #expect(ask(pods("http_requests"), .chart, old) != .refused(.notFound))
    old.time = 120_001
    #expect(ask(pods("http_requests"), .chart, old) == .refused(.notFound))
  }

  @Test func objectsHaveOneValue() {
    let gauge = prometheus(
      ("depth", [("namespace", "default"), ("ingress", "x"), ("pod", "a")], 2),
      ("depth", [("namespace", "default"), ("ingress", "x"), ("pod", "b")], -0.0005),
      ("depth", [("namespace", "default"), ("node", "x")], 4))
    #expect(ask(object("Ingress"), .chart, gauge) == .values([1999]))
    #expect(ask(object("Ingress", "y"), .chart, gauge) == .refused(.notFound))
    #expect(ask(object("Service"), .chart, gauge) == .refused(.notFound))
    // The autoscaler's own, whatever it is called; and nothing outside of namespaces.
    #expect(ask(object("Namespace"), .chart, gauge) == .values([5999]))
    #expect(ask(object("Node"), .chart, gauge) == .refused(.notFound))
  }

  @Test func externalMetricsAreLists() throws {
    let rule = try adapterRule(
      "{__name__=~\"queue_.*\"}", as: "queue", "<<.Series>>{<<.LabelMatchers>>}", isExternal: true
    ) { $0.nameMatches = "^queue_" }
    let rules = AdapterRules(externalRules: [rule])
    let queues = prometheus(
      ("queue_depth", [("namespace", "default"), ("queue", "a")], 1),
      ("queue_depth", [("namespace", "default"), ("queue", "b")], 2),
      ("queue_depth", [("namespace", "other"), ("queue", "c")], 4),
      ("queue_age", [("namespace", "default"), ("queue", "c")], 8))
    func query(_ key: String) -> ClusterAPI.Query {
      .externalMetric(
        "queue", metricSelector: LabelSelector(matchLabels: [key: "a"]), namespace: "default")
    }
    #expect(ask(query("queue"), rules, queues) == .values([1000]))
    let all = ClusterAPI.Query.externalMetric("queue", metricSelector: nil, namespace: "default")
    // Of two series with the metric's name the last one is asked.
    #expect(ask(all, rules, queues) == .values([1000, 2000]))
    #expect(ask(all, .chart, queues) == .refused(.notFound))
    #expect(ask(query("none"), rules, queues) == .values([]))
    // No label of PromQL.
    #expect(ask(query("app.kubernetes.io/name"), rules, queues) == .refused(.unavailable))
  }

  @Test func theLastRuleCounts() throws {
    let first = try adapterRule("requests", "sum(<<.Series>>) by (<<.GroupBy>>)")
    let last = try adapterRule(
      "http_requests_total", as: "requests", "count(<<.Series>>) by (<<.GroupBy>>)")
    let rules = AdapterRules(rules: [first, last])
    let metric = rules.metric(
      "requests", of: .pods, among: ["requests"] + requests.names, at: 60_000, in: requests.source)
    #expect(metric == AdapterMetric(rule: last, series: "http_requests_total"))
  }

  @Test func answersOfOtherTypesAreRefused() throws {
    let scalar = try adapterRule("depth", "scalar(sum(<<.Series>>))", isExternal: true)
    let rules = AdapterRules(rules: [scalar], externalRules: [scalar])
    let gauge = prometheus(("depth", [("namespace", "default"), ("pod", "a")], 1.5))
    #expect(ask(pods("depth"), rules, gauge) == .refused(.unavailable))
    let external = ClusterAPI.Query.externalMetric("depth", metricSelector: nil, namespace: "a")
    #expect(ask(external, rules, gauge) == .values([1500]))
  }

  @Test(arguments: [
    (1.9999, 1999), (-1.9999, -1999), (0.0004, 0), (9e15, 9_000_000_000_000_000_000),
    (1e16, Int64.min), (-1e300, .min), (.infinity, .min), (.nan, .min),
  ])
  func thousandthsAreTruncated(value: Double, expected: Int64) {
    #expect(AdapterAnswer.truncated(value) == expected)
  }

  @Test func seriesWantedAreKnownBefore() throws {
    let known = ["http_requests", "http_requests_total", "http_requests_seconds_total", "up"]
    #expect(
      AdapterRules.chart.seriesNamesWanted(
        forMetric: "http_requests", isExternal: false, among: known)
        == ["http_requests", "http_requests_total", "http_requests_seconds_total"])
    let ratio = try adapterRule(
      "http_requests_total", as: "busy",
      "sum(rate(<<.Series>>{<<.LabelMatchers>>}[1m])) by (<<.GroupBy>>)"
        + " / sum({__name__=~\"up|down\",<<.LabelMatchers>>}) by (<<.GroupBy>>)")
    #expect(
      AdapterRules(rules: [ratio]).seriesNamesWanted(
        forMetric: "busy", isExternal: false, among: known) == ["http_requests_total", "up"])
    #expect(
      AdapterRules(rules: [ratio]).seriesNamesWanted(
        forMetric: "busy", isExternal: true, among: known) == [])
  }
}

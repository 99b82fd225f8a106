import ClusterAPI
import Control
import Manifests
import Recording
import Testing
import Units
import World

@testable import Harness

/// Guards and autoscalers that ask Prometheus.
@Suite struct MeasuredScenarioTests {
  private static func autoscaler(_ metric: String) -> String {
    """
    apiVersion: autoscaling/v2
    kind: HorizontalPodAutoscaler
    metadata: {name: web}
    spec:
      scaleTargetRef: {apiVersion: apps/v1, kind: Deployment, name: web}
      minReplicas: 2
      maxReplicas: 9
      metrics:
      - type: Pods
        pods: {metric: {name: \(metric)}, target: {type: AverageValue, averageValue: "20"}}

    """
  }

  private func read(_ rest: String, metric: String = "http_requests") -> ScenarioReader.Result {
    let text =
      Scenarios.head()
        + """
          cluster: {nodePools: [{name: a, count: 3, machine: {cpu: 8, memory: 16Gi}}]}
          load: [{service: web, curve: {constant: 100}}]

        """ + rest
    return Scenarios.read(
      text: text, files: [("web.yaml", Scenarios.web + Self.autoscaler(metric))])
  }

  private func record(_ rest: String) throws -> RunRecord {
    let result = read(rest)
    return ScenarioRun(
      try #require(result.scenario, "\(result.diagnostics.map(\.description))")
    ).record(seed: 1)
  }

  /// By the rules of the adapter's chart: 100 requests per second, 20 a pod.
  @Test func anAutoscalerFollowsRequests() throws {
    let record = try record(
      """
        expect: {promql: [{query: kube_deployment_spec_replicas, atEnd: "== 5"}]}
      """)
    #expect(record.findings.map(\.result) == ["met"], "\(record.findings)")
  }

  @Test func aMetricThatNothingServesIsAWarning() throws {
    let result = read("  expect: {invariants: [SurgeBound]}", metric: "http_request")
    let warning = try #require(result.diagnostics.first)
    #expect(warning.severity == .warning)
    #expect(warning.message.contains("asks for the metric `http_request`"))
    #expect(read("  expect: {invariants: [SurgeBound]}").diagnostics.isEmpty)
  }

  private func guarded(_ query: String, _ bound: String) -> String {
    """
      images: [{match: "web:v2", errors: 20%}]
      scrapeInterval: 5s
      change: {at: 1m, setImage: {deployment: web, image: "web:v2"}}
      guards:
      - deployment: web
        promql: [{query: '\(query)', bound: "\(bound)", interval: 20s}]
      expect: {outcome: rolledBack}
    """
  }

  @Test func aGuardRollsBackByAQueryOfTheUser() throws {
    let query =
      #"sum(rate(http_requests_total{namespace="{{ namespace }}",pod=~"{{ revision }}-.+","#
      + #"code="500"}[{{ interval }}]))"#
    let record = try record(guarded(query, "< 0.5"))
    #expect(record.findings.map(\.result) == ["met"], "\(record.findings)")
    guard
      case .queryBroken(let asked, let measured, let bound) = record.decisions.first?.decision
        .reason
    else {
      Issue.record("\(record.decisions)")
      return
    }
    #expect(asked.contains(#"pod=~"web-"#) && asked.contains("[20000ms]"))
    #expect(measured >= 0.5 && bound == NumberBound(.below, 0.5))
    // The same query with a bound that is kept.
    let kept = try self.record(guarded(query, "< 1000"))
    #expect(kept.findings.map(\.result) == ["broken"])
  }

  @Test(arguments: [
    ("http_request_total", "nothing in a run shows the metric `http_request_total`"),
    ("up{a=\"{{ primary }}\"}", "the query names the variable `primary`, which there is not"),
    ("up{ {{ namespace }}", "the query cannot be read"),
    ("up[5m]", "has no bound"),
  ])
  func wrongQueriesOfGuardsAreSaid(query: String, message: String) {
    let result = read(guarded(query, "< 1"))
    #expect(
      result.diagnostics.contains { $0.message.contains(message) },
      "\(result.diagnostics.map(\.description))")
  }

  @Test func aWindowHoldsTwoScrapes() {
    let result = read(
      """
        change: {at: 1m, setImage: {deployment: web, image: "web:v2"}}
        guards: [{deployment: web, objectives: [{service: web, errorRatio: 1%, window: 20s}]}]
        expect: {outcome: promoted}
      """)
    #expect(
      result.diagnostics.map(\.message) == [
        "the window holds less than two scrapes, so that nothing can be measured in it"
      ])
  }

  /// What guards measure are the names of the image's profile.
  @Test func aGuardReadsTheNamesOfTheImage() throws {
    let result = read(
      """
        images: [{match: "web:*", metrics: {requests: app_requests_total, duration: app_seconds}}]
        change: {at: 1m, setImage: {deployment: web, image: "web:v2"}}
        guards: [{deployment: web, objectives: [{service: web, errorRatio: 1%}]}]
        expect: {outcome: promoted}
      """)
    let scenario = try #require(result.scenario)
    #expect(
      scenario.measuredGuards.map(\.metrics) == [
        .application(requests: "app_requests_total", duration: "app_seconds")
      ])
    #expect(scenario.queries?.contains { $0.contains("app_requests_total{") } == true)
  }
}

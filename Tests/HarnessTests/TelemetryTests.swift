import ClusterAPI
import Kernel
import Manifests
import PromQL
import Recording
import Testing
import Units
import World

@testable import Harness

/// What a scenario asks of metrics and rules.
@Suite struct TelemetryTests {
  private static let rules = """
    apiVersion: monitoring.coreos.com/v1
    kind: PrometheusRule
    metadata: {name: web}
    spec:
      groups:
      - name: web
        interval: 15s
        rules:
        - {alert: Unready, expr: "kube_deployment_status_replicas_unavailable > 0", for: 30s}
        - {alert: Never, expr: "vector(1) > 2"}
        - {alert: Later, expr: "kube_deployment_status_replicas_unavailable > 0", for: 1h}

    """

  private func scenario(_ rest: String) throws -> Scenario {
    let text =
      Scenarios.head()
        + """
          cluster: {nodePools: [{name: a, count: 2, machine: {cpu: 4, memory: 8Gi}}]}
          load: [{service: web, curve: {constant: 50}}]
          change: {at: 1m, setImage: {deployment: web, image: "web:v2"}}

        """ + rest
    let result = Scenarios.read(text: text, files: [("web.yaml", Scenarios.web + Self.rules)])
    return try #require(result.scenario, "\(result.diagnostics.map(\.description))")
  }

  private func findings(_ rest: String) throws -> [RunRecord.Finding] {
    ScenarioRun(try scenario(rest)).record(seed: 1).findings
  }

  @Test func answersAreExpected() throws {
    let findings = try findings(
      """
        expect:
          promql:
          - {query: "sum(rate(http_requests_total[1m]))", always: "> 40", eventually: "< 60"}
          - {query: "kube_deployment_status_replicas_updated{deployment='web'}", atEnd: "== 2"}
          - {query: "sum(rate(http_requests_total[1m]))", always: "> 60"}
          - {query: "kube_pod_container_status_waiting_reason{reason='ImagePullBackOff'}", atEnd: "< 1"}
          - {query: "count(kube_pod_info) by (node) / 0 > bool 1 or vector(0)", atEnd: ">= 0"}
      """)
    #expect(
      findings.map(\.result) == ["met", "met", "met", "broken", "inconclusive", "met"],
      "\(findings)")
    #expect(findings[3].detail.contains("expected always > 60") && findings[3].at != nil)
    #expect(findings[4].detail.contains("no data"))
  }

  /// What was asked over time can be looked at in the report.
  @Test func answersAreRecorded() throws {
    let record = ScenarioRun(
      try scenario(
        """
          expect:
            promql:
            - {query: "sum(rate(http_requests_total[1m]))", always: "> 40"}
            - {query: "sum(rate(http_requests_total[1m]))", eventually: "> 49"}
            - {query: "sum by (pod) (up{job='web'})", always: ">= 0"}
            - {query: "vector(1)", atEnd: "== 1"}
        """)
    ).record(seed: 1)
    let series = record.series.filter { $0.measure == .query }
    #expect(series.count { $0.name == "sum(rate(http_requests_total[1m]))" } == 1)
    #expect(series.count { $0.name.hasPrefix("sum by (pod) (up{job='web'}) {pod=\"web-") } == 4)
    #expect(series.allSatisfy { $0.start == record.changeAt && $0.interval == .seconds(15) })
    let rate = try #require(series.first)
    #expect(rate.values.count == 37 && rate.values.allSatisfy { $0 > 40_000_000 })
    #expect(rate.values.contains { $0 > 49_000_000 && $0 < 51_000_000 })
  }

  @Test func alertsOfTheManifestsFire() throws {
    let rest = """
        faults: [{at: 0s, kind: imagePullFailure, image: "web:v2"}]
        expect:
          alerts:
          - {alert: Unready, within: 2m}
          - {alert: Never, fires: false}
          - {alert: Unready, within: 10s}
          - {alert: Never}
      """
    let record = ScenarioRun(try scenario(rest)).record(seed: 1)
    #expect(record.findings.map(\.result) == ["met", "met", "broken", "broken"])
    let fires = record.timeline.filter {
      if case .alertFires("Unready", _) = $0.happening { true } else { false }
    }
    #expect(fires.count == 1)
    #expect(zip(record.timeline, record.timeline.dropFirst()).allSatisfy { $0.at <= $1.at })
    // What would fire if it went on.
    let pending = record.timeline.compactMap { entry -> (Instant, Span)? in
      guard case .alertPending(let name, _, let hold) = entry.happening else { return nil }
      #expect(name == "Later")
      return (entry.at, hold)
    }
    #expect(pending.count == 1 && pending[0].1 == .seconds(3600))
    #expect(pending[0].0 == fires[0].at - .seconds(30), "since when the other has been pending")
  }

  /// Not at whole intervals, and with another seed not at the same time within them.
  @Test func rulesAreEvaluatedAtTimesOfTheirGroup() throws {
    let scenario = try scenario(
      """
        faults: [{at: 0s, kind: imagePullFailure, image: "web:v2"}]
        expect: {alerts: [{alert: Unready}]}
      """)
    let group = try #require(scenario.rules.first)
    #expect(group.file == "default/web" && group.interval == 15_000)
    var offsets: Set<Int64> = []
    for seed in 1...3 as ClosedRange<UInt64> {
      let record = ScenarioRun(scenario).record(seed: seed)
      let fires = try #require(
        record.timeline.first {
          if case .alertFires("Unready", _) = $0.happening { true } else { false }
        })
      // The run begins at a whole minute, and so does the scenario's clock.
      let late = fires.at.ns % 15_000_000_000
      #expect(late == group.offset(seed: seed) * 1_000_000)
      offsets.insert(late)
    }
    #expect(offsets.count == 3)
  }

  /// Whoever reads metrics changes nothing.
  @Test func aRunWithMetricsIsTheRunWithout() throws {
    var with = try scenario("  expect: {outcome: promoted}\n")
    (with.rules, with.exportsMetrics) = ([], true)
    let plan = ScenarioRun(with).plan
    for seed in [1, 2] as [UInt64] {
      var options = plan.options(seed: seed)
      options.telemetry = nil
      var one = World(options)
      plan.disturb(&one)
      one.run(until: plan.changeAt)
      plan.change(&one)
      one.run(until: plan.end)
      var other = ScenarioRun(with).world(seed: seed)
      #expect(one.digest == other.digest && one.timeline == other.timeline)
      other.scrape(through: plan.end)
      #expect(one.telemetry == nil)
      #expect(other.telemetry?.metricNames.contains("http_requests_total") == true)
    }
  }
}

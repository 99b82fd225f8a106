import ClusterAPI
import Control
import Manifests
import Recording
import Testing
import Units
import World

@testable import Harness
@testable import Verdict

/// What PromQL says of a run's requests is what happened to them.
@Suite struct MeasuredRequestsTests {
  private func scenario(_ objectives: String) throws -> Scenario {
    let text =
      Scenarios.head()
        + """
          cluster: {nodePools: [{name: a, count: 2, machine: {cpu: 4, memory: 8Gi}}]}
          load: [{service: web, curve: {constant: 50}}, {service: web, curve: {constant: 20}}]
          change: {at: 90s, setImage: {deployment: web, image: "web:v2"}}
          faults:
          - {at: 0s, kind: errorRate, image: "web:v2", errors: 20%}
          - {at: 5m, kind: podKill, deployment: web, count: 2}
          - {at: 6m, for: 30s, kind: slowService, image: "web:v2", factor: 20}
          expect:
            objectives: [\(objectives)]

        """
    let result = Scenarios.read(text: text, files: [("web.yaml", Scenarios.web)])
    return try #require(result.scenario, "\(result.diagnostics.map(\.description))")
  }

  private func tallies(_ scenario: Scenario, seed: UInt64) -> [Tally] {
    let run = ScenarioRun(scenario)
    let world = run.world(seed: seed)
    let loads = (0..<scenario.loads.count).map { world.traffic.series(LoadID($0)) }
    let first = Int(run.plan.start.ns / 1_000_000_000)
    let count = Int(scenario.duration.ns / 1_000_000_000)
    return (first..<first + count).map { second in
      Tally(sum: loads.map { second < $0.count ? $0[second] : Tally() })
    }
  }

  @Test func everySecondIsShown() throws {
    let scenario = try scenario("{service: web, errorRatio: 1%}")
    let record = ScenarioRun(scenario).record(seed: 3)
    let tallies = tallies(scenario, seed: 3)
    func series(_ measure: RunRecord.Series.Measure) throws -> RunRecord.Series {
      let all = record.series.filter { $0.measure == measure }
      #expect(all.count == 1 && all[0].name == "web" && all[0].interval == .seconds(1))
      return try #require(all.first)
    }
    #expect(try series(.requests).values == tallies.map(\.requests))
    #expect(try series(.failedRequests).values == tallies.map(\.failed))
    let latency = try series(.latency).values
    #expect(latency.count == tallies.count)
    for (shown, tally) in zip(latency, tallies) {
      guard let true99 = tally.latencyQuantile(Ratio(ppm: 990_000)) else {
        #expect(shown == -1)
        continue
      }
      // Both interpolate, between bounds that are less than 51 % apart.
      let ratio = Double(shown) * 1000 / Double(true99.ns)
      #expect(ratio > 0.66 && ratio < 1.51, "\(shown) µs, \(true99)")
    }
  }

  @Test func totalsAreWhatHappened() throws {
    let scenario = try scenario(
      "{service: web, errorRatio: 50%}, {service: web, latency: {quantile: 0.5, below: 40ms}}")
    let record = ScenarioRun(scenario).record(seed: 3)
    let sum = Tally(sum: tallies(scenario, seed: 3).dropFirst(90))
    #expect(record.requests == sum.requests && record.failed == sum.failed && record.failed > 0)
    // A tally knows to 6 % how long a request took.
    let bounds = [Span(ns: 37_600_000), Span(ns: 42_400_000)].map { sum.slower(than: $0) }
    #expect(record.slow <= bounds[0] && record.slow >= bounds[1] && bounds[1] > 0, "\(bounds)")
  }

  /// What is kept of a twin and of other branches answers as all metrics do.
  @Test(arguments: [false, true]) func whatIsComparedIsCountedAlike(isGuarded: Bool) throws {
    var scenario = try scenario("{service: web, latency: {quantile: 0.5, below: 40ms}}")
    if isGuarded {
      var rule = RollbackGuard(
        deployment: ObjectKey(.deployment, namespace: "default", name: "web"))
      rule.objectives = [
        .init(service: scenario.loads[0].service, limit: .errorRatio(Ratio(ppm: 900_000)))
      ]
      scenario.guards = [rule]
    }
    let plan = Plan(scenario)
    func trace(narrowed: Bool) -> RunTrace {
      var world = World(plan.options(seed: 4))
      plan.disturb(&world)
      world.run(until: plan.changeAt)
      if narrowed { plan.watchOnlyRequests(&world) }
      plan.change(&world)
      return plan.watched(
        &world, narrowed ? plan.requestQuestions : plan.questions(seed: 4), subjects: [])
    }
    let (all, some) = (trace(narrowed: false), trace(narrowed: true))
    #expect(Harm(all) == Harm(some) && Harm(all).slow > 0 && Harm(all).failed > 0)
    #expect(NoRequestLost.check(all) == NoRequestLost.check(some))
    #expect(NoRequestLost.check(all).result == .broken)
    #expect(all.ready != nil && some.ready == nil && some.seen?.latency == nil)
  }

  @Test func objectivesCountWhatHappened() throws {
    var scenario = try scenario(
      "{service: web, errorRatio: 1%}, {service: web, latency: {quantile: 0.5, below: 770ms}}")
    scenario.expect.objectives.append(
      .init(
        service: ObjectKey(.service, namespace: "default", name: "other"),
        limit: .errorRatio(.zero)))
    let since = tallies(scenario, seed: 2).dropFirst(90)
    let sum = Tally(sum: since)
    let findings = ScenarioRun(scenario).record(seed: 2).findings.filter { $0.name == "objectives" }
    #expect(findings.map(\.result) == ["broken", "met", "inconclusive"], "\(findings)")
    func count(_ value: Int64) -> String { Figures.count(value) }
    #expect(
      findings[0].detail.contains(
        "\(count(sum.failed)) of \(count(sum.requests)) requests failed"),
      "\(findings[0].detail), \(sum.failed) of \(sum.requests)")
    #expect(findings[2].detail.contains("no request ended"))
  }

  /// Whether a bound is kept is not told by interpolation: it has a bucket of its own.
  @Test func aBoundIsExact() throws {
    var scenario = try scenario("{service: web, errorRatio: 1%}")
    let all = tallies(scenario, seed: 1).dropFirst(90)
    let half = try #require(Tally(sum: all).latencyQuantile(Ratio(ppm: 500_000)))
    // The median is known to 6 %.
    for (factor, result) in [(1.07, "met"), (0.93, "broken")] {
      let bound = Span(ns: Int64(Double(half.ns) * factor))
      scenario.expect.objectives = [
        .init(
          service: scenario.loads[0].service,
          limit: .latency(quantile: Ratio(ppm: 500_000), bound))
      ]
      let finding = ScenarioRun(scenario).record(seed: 1).findings.first
      #expect(finding?.result == result, "\(bound): \(finding?.detail ?? "")")
    }
  }
}

import ClusterAPI
import Kernel
import Recording
import Testing
import Units
import Verdict
import World

@testable import Harness

/// The shipped scenarios, with one seed each.
@Suite struct ScenarioRunTests {
  private func scenario(_ path: String) throws -> Scenario {
    var scenario = try #require(Scenarios.read(path).scenario)
    scenario.seeds = [1]
    return scenario
  }

  @Test(arguments: Scenarios.shipped)
  func aShippedScenarioMeetsItsExpectations(path: String) throws {
    let record = ScenarioRun(try scenario(path)).record(seed: 1)
    let broken = record.findings.filter { $0.result != "met" }
    #expect(broken == [])
    #expect(record.verdict == .passed)
    #expect(!record.timeline.isEmpty)
    // Judged from the change on: at least 200 requests per second on the average, where services are
    // judged and not the control plane.
    if path.contains("/kubernetes/") { return }
    let seconds = (record.end - record.changeAt).ns / 1_000_000_000
    #expect(record.requests >= 200 * seconds)
  }

  @Test func jobsDoNotChangeTheRecords() throws {
    var scenario = try scenario("scenarios/rolling/error-rate-rolled-back.yaml")
    scenario.seeds = [1, 2, 3]
    scenario.duration = .minutes(3)
    let one = Suite.run([scenario], jobs: 1) { _ in }
    let many = Suite.run([scenario], jobs: 3) { _ in }
    #expect(one == many)
    #expect(Set(one.map(\.digest)).count == 3)
  }

  @Test func aRecordedScenarioIsReadAgainAsItWas() throws {
    let scenario = try scenario("scenarios/rolling/rollback-leaves-config.yaml")
    let suite = SuiteRecord([scenario], startedAt: "", commandLine: [])
    var again = try #require(ScenarioReader.read(suite.scenarios[0]))
    again.duration = .minutes(2)
    var short = scenario
    short.duration = .minutes(2)
    #expect(ScenarioRun(again).record(seed: 4) == ScenarioRun(short).record(seed: 4))
  }

  @Test func theRecordOfARollbackTellsItsStory() throws {
    let record = ScenarioRun(try scenario("scenarios/rolling/error-rate-rolled-back.yaml"))
      .record(seed: 1)
    #expect(record.outcome == "rolledBack")
    let decision = try #require(record.decisions.first)
    #expect(decision.rating == "right")
    #expect(decision.otherHarm ?? 0 > 10 * decision.harm)
    guard case .errorRatioExceeded(_, let measured, let threshold, _, _) = decision.decision.reason
    else {
      Issue.record("the reason is \(decision.decision.reason)")
      return
    }
    #expect(measured > threshold)
    #expect(record.detection == decision.at - record.changeAt)
    let ready = record.series.filter { $0.measure == .readyPods }
    #expect(ready.count == 2)
    #expect(ready[0].values.first == 6)
    #expect(
      record.series.filter { $0.measure == .failedRequests }.flatMap(\.values).reduce(0, +) > 0)
  }

  @Test func defectsNameWhatTheRollbackLeft() throws {
    let record = ScenarioRun(try scenario("scenarios/rolling/rollback-leaves-config.yaml"))
      .record(seed: 1)
    #expect(record.defects.map(\.path) == ["data[workers]", "spec.maxReplicas"])
    #expect(record.defects.map(\.expected) == ["8", "12"])
    #expect(record.defects.map(\.found) == ["32", "40"])
  }
}

import ClusterAPI
import Recording
import Testing
import Units
import Verdict
import World

@testable import Harness

/// A shipped scenario guards something: it does not pass where that is missing.
@Suite struct ShippedScenarioTests {
  private func scenario(_ path: String) throws -> Scenario {
    try #require(Scenarios.read(path).scenario)
  }

  /// What a guard is for: without one, no bad version is rolled back, and nothing is decided.
  @Test(arguments: Scenarios.shipped)
  func withoutItsGuardItDoesNotPass(path: String) throws {
    var scenario = try scenario(path)
    guard !scenario.guards.isEmpty else { return }
    scenario.guards = []
    let record = ScenarioRun(scenario).record(seed: 1)
    #expect(record.verdict != .passed)
    if scenario.expect.outcome == .rolledBack {
      #expect(record.findings.first { $0.name == "outcome" }?.result == "broken")
    }
  }

  /// It shows that its faults do something, or expects what only they bring about.
  @Test(arguments: Scenarios.shipped)
  func withoutItsFaultsItDoesNotPass(path: String) throws {
    var scenario = try scenario(path)
    guard !scenario.faults.isEmpty else { return }
    scenario.faults = []
    let record = ScenarioRun(scenario).record(seed: 1)
    #expect(record.verdict == .failed, "\(record.findings)")
  }

  /// Gives Deployments of the strategy Recreate the other one; false where there is none.
  private func makeRolling(_ scenario: inout Scenario) -> Bool {
    var isChanged = false
    for index in scenario.objects.indices {
      guard case .deployment(var deployment) = scenario.objects[index],
        deployment.spec.strategy.kind == .recreate
      else { continue }
      deployment.spec.strategy.kind = .rollingUpdate
      scenario.objects[index] = .deployment(deployment)
      isChanged = true
    }
    return isChanged
  }

  /// Leaves quotas out; false where there is none.
  private func dropQuotas(_ scenario: inout Scenario) -> Bool {
    let count = scenario.objects.count
    scenario.objects.removeAll { $0.kind == .resourceQuota }
    return scenario.objects.count < count
  }

  /// Has a manifest that is applied beside an autoscaler say nothing of replicas; false where there is
  /// none.
  private func silenceReplicas(_ scenario: inout Scenario) -> Bool {
    guard scenario.objects.contains(where: { $0.kind == .horizontalPodAutoscaler }) else {
      return false
    }
    var isChanged = false
    for index in scenario.changes.indices {
      scenario.changes[index].changes = scenario.changes[index].changes.map {
        guard case .apply(.deployment(var deployment)) = $0 else { return $0 }
        deployment.spec.declaresReplicas = false
        isChanged = true
        return .apply(.deployment(deployment))
      }
    }
    return isChanged
  }

  /// Lets pods of several nodes use each volume; false where there is none.
  private func shareVolumes(_ scenario: inout Scenario) -> Bool {
    var isChanged = false
    for index in scenario.objects.indices {
      guard case .persistentVolumeClaim(var claim) = scenario.objects[index] else { continue }
      claim.accessModes = ["ReadWriteMany"]
      scenario.objects[index] = .persistentVolumeClaim(claim)
      isChanged = true
    }
    return isChanged
  }

  /// Doubles the nodes, where a full cluster is what is shown.
  private func giveRoom(_ scenario: inout Scenario, _ path: String) -> Bool {
    guard path.contains("/kubernetes/") else { return false }
    for index in scenario.nodePools.indices { scenario.nodePools[index].count *= 2 }
    return true
  }

  /// Holds each load at its least rate.
  private func flatten(_ scenario: inout Scenario) {
    for index in scenario.loads.indices {
      let points = scenario.loads[index].curve.points
      guard let least = points.map(\.milliRate).filter({ $0 > 0 }).min() else { continue }
      scenario.loads[index].curve = LoadCurve(
        points: points.map { .init(at: $0.at, milliRate: min($0.milliRate, least)) })
    }
  }

  /// One without faults and guards shows what a write of the user, a strategy, a quota, an autoscaler, a
  /// full cluster or a peak of the load does.
  @Test(arguments: Scenarios.shipped)
  func withoutWhatItShowsItDoesNotPass(path: String) throws {
    var scenario = try scenario(path)
    guard scenario.faults.isEmpty, scenario.guards.isEmpty else { return }
    if scenario.changes.count > 1 {
      scenario.changes.removeLast()
    } else if !makeRolling(&scenario), !dropQuotas(&scenario), !silenceReplicas(&scenario),
      !shareVolumes(&scenario), !giveRoom(&scenario, path)
    {
      flatten(&scenario)
    }
    let record = ScenarioRun(scenario).record(seed: 1)
    #expect(record.verdict == .failed, "\(record.findings)")
  }

  /// An expectation of each kind is met and broken by the runs above; `felt` names what it turns.
  @Test func whatIsNotFeltIsSaid() throws {
    var scenario = try scenario("scenarios/pods/pod-kill-under-load.yaml")
    scenario.faults = []
    scenario.duration = .minutes(1)
    scenario.expect = Expectation()
    scenario.expect.felt.invariants = ["MinAvailableHeld"]
    let record = ScenarioRun(scenario).record(seed: 1)
    #expect(record.findings.map(\.name) == ["felt"])
    #expect(record.findings.map(\.result) == ["broken"])
    #expect(
      record.findings[0].detail.hasPrefix(
        "MinAvailableHeld kept, so nothing was felt: deployment/web"))
  }
}

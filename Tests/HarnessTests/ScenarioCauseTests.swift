import Chaos
import ClusterAPI
import Recording
import Testing
import Units
import World

@testable import Harness

/// Draws are named by their causes: what is added to a scenario leaves the rest of it as it was.
@Suite struct ScenarioCauseTests {
  private func scenario(_ name: String) throws -> Scenario {
    var scenario = try #require(Scenarios.read("scenarios/\(name).yaml").scenario)
    scenario.duration = min(scenario.duration, .minutes(5))
    return scenario
  }

  private func fault(_ kind: String, _ values: [(String, FaultValues.Value)]) -> Scenario.TimedFault
  {
    var all = FaultValues()
    for (name, value) in values { all[name] = value }
    return Scenario.TimedFault(at: .seconds(20), duration: nil, kind: kind, values: all)
  }

  @Test(arguments: ["pods/pod-kill-under-load", "rolling/error-rate-rolled-back"])
  func aFaultThatTouchesNobodyLeavesTheRunAsItWas(name: String) throws {
    let plain = try scenario(name)
    var more = plain
    more.faults += [
      fault("podKill", [("deployment", .text("nobody")), ("count", .count(3))]),
      fault("nodeCrash", [("node", .text("nobody-*")), ("count", .count(2))]),
      fault("errorRate", [("image", .text("nobody:*")), ("errors", .ratio(.one))]),
      fault(
        "slowStart", [("image", .text("nobody:*")), ("factor", .ratio(Ratio(ppm: 9_000_000)))]),
    ]
    let (a, b) = (ScenarioRun(plain).record(seed: 3), ScenarioRun(more).record(seed: 3))
    func happenings(_ record: RunRecord) -> [TimelineEntry] {
      record.timeline.filter { if case .fault = $0.happening { false } else { true } }
    }
    #expect(b.timeline.count > happenings(b).count)
    #expect(happenings(a) == happenings(b))
    #expect(a.pods == b.pods)
    #expect(a.series == b.series)
    #expect(a.decisions == b.decisions)
    #expect([a.requests, a.failed, a.slow] == [b.requests, b.failed, b.slow])
    #expect(a.requests > 10_000)
  }

  /// Of each pod of the first revision: its name, and how long it took to become ready.
  private func starts(replicas: Int) throws -> [String: Span] {
    var scenario = try scenario("pods/slow-start-surge")
    scenario.objects = scenario.objects.map { object in
      guard case .deployment(var deployment) = object else { return object }
      deployment.spec.replicas = replicas
      return .deployment(deployment)
    }
    let plan = Plan(scenario)
    var world = plan.world(seed: 5)
    world.run(until: plan.start)
    var running: [PodID: Instant] = [:]
    var starts: [String: Span] = [:]
    for entry in world.timeline {
      switch entry.happening {
      case .podRunning(let pod): running[pod] = entry.at
      case .podReady(let pod):
        if let at = running[pod] { starts[world.podName(pod)] = entry.at - at }
      default: break
      }
    }
    return starts
  }

  @Test func onePodMoreLeavesTheOthersAsTheyWere() throws {
    let (six, seven) = (try starts(replicas: 6), try starts(replicas: 7))
    #expect((six.count, seven.count) == (6, 7))
    #expect(Set(six.values).count > 1, "each has its own draw")
    for (name, span) in six { #expect(seven[name] == span, "\(name)") }
  }
}

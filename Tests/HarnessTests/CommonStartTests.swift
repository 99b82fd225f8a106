import Recording
import Testing
import Units
import World

@testable import Harness

/// Runs that begin alike share what comes before anything happens: nobody may see it in a record.
@Suite struct CommonStartTests {
  /// Of different folders, and one with faults of nodes, of images and of the API server.
  private static let paths = [
    "scenarios/rolling/crash-loop-rolled-back.yaml", "scenarios/pods/pod-kill-under-load.yaml",
  ]

  private func variants(_ path: String) throws -> [Scenario] {
    let scenario = try #require(Scenarios.read(path).scenario, "\(path)")
    var (calm, later, short) = (scenario, scenario, scenario)
    calm.faults = []
    for index in later.faults.indices {
      later.faults[index].at = later.faults[index].at + .seconds(7)
    }
    short.duration = .minutes(4)
    return [scenario, calm, later, short]
  }

  @Test(arguments: paths) func aSharedRunIsTheRunAlone(path: String) throws {
    var scenarios = try variants(path)
    for index in scenarios.indices {
      scenarios[index].name += "-\(index)"
      scenarios[index].seeds = [1, 2]
    }
    let shared = Suite.run(scenarios, jobs: 2) { _ in }
    #expect(shared.count == 8)
    for scenario in scenarios {
      for seed in scenario.seeds {
        let alone = ScenarioRun(scenario).record(seed: seed)
        let record = try #require(shared.first { $0.scenario == scenario.name && $0.seed == seed })
        #expect(record.digest == alone.digest)
        #expect(record.score == alone.score && record.timeline == alone.timeline)
        #expect(record.defects.count == alone.defects.count)
        #expect(record.decisions.map(\.otherHarm) == alone.decisions.map(\.otherHarm))
      }
    }
  }

  @Test func onlyWhatBeginsAlikeIsShared() throws {
    let scenario = try #require(Scenarios.read(Self.paths[0]).scenario)
    var (faulty, other) = (scenario, scenario)
    faulty.faults = []
    faulty.changes = []
    #expect(scenario.beginsLike(faulty))
    other.images.append(.init(match: "x"))
    #expect(!scenario.beginsLike(other))
  }
}

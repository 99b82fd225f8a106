import ClusterAPI
import Kernel
import Testing
import Units
import World

@testable import Harness

/// The world is a value: a copy of it goes on as the original does.
@Suite struct ForkTests {
  /// What comes after this is more of the same, and doubles the time of the test.
  private static let longest = Span.minutes(8)

  /// Instants named by the scenario: others for each, the same ones every time.
  private func instants(_ name: String, from: Instant, to: Instant) -> [Instant] {
    var stream = RandomStream(seed: 1, purpose: 0x666f_726b, cause: CauseHash().with(name).value)
    return (0..<2).map { _ in from + Span(ns: Int64(stream.bounded(UInt64((to - from).ns)))) }
      .sorted()
  }

  @Test(arguments: Scenarios.shipped)
  func aForkAtAnyInstantEndsAsTheUnforkedRun(path: String) throws {
    var scenario = try #require(Scenarios.read(path).scenario)
    scenario.duration = min(scenario.duration, ForkTests.longest)
    let plan = Plan(scenario)
    func fresh() -> World {
      var world = plan.world(seed: 9)
      for (at, change) in plan.changes { world.schedule(change, at: at) }
      return world
    }
    var whole = fresh()
    whole.run(until: plan.end)
    var forked = fresh()
    for instant in instants(scenario.name, from: plan.start, to: plan.end) {
      forked.run(until: instant)
      var copy = forked.fork()
      copy.run(until: plan.end)
      #expect(copy.digest == whole.digest, "forked at \(instant)")
      #expect(copy.timeline == whole.timeline)
    }
    // The copies have left the original alone.
    forked.run(until: plan.end)
    #expect(forked.digest == whole.digest)
    #expect(forked.timeline == whole.timeline)
  }

  /// A fork that is disturbed goes another way: the digest sees it.
  @Test func aDisturbedForkEndsOtherwise() throws {
    let path = "scenarios/pods/pod-kill-under-load.yaml"
    var scenario = try #require(Scenarios.read(path).scenario)
    scenario.duration = .minutes(2)
    let plan = Plan(scenario)
    var world = plan.world(seed: 9)
    world.run(until: plan.start + .seconds(30))
    var copy = world.fork()
    let web = try #require(scenario.objects.first { $0.kind == .deployment }).key
    copy.schedule(.killPods(workload: web, count: 1), at: plan.start + .seconds(31))
    world.run(until: plan.end)
    copy.run(until: plan.end)
    #expect(copy.digest != world.digest)
  }
}

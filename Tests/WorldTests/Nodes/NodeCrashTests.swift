import ClusterAPI
import Control
import Kernel
import Testing
import Units

@testable import World

/// A node that is lost, from the crash to the replacement of its pods and to its return.
@Suite struct NodeCrashTests {
  private static let crash = ClusterRig.at(100)
  private static let end = ClusterRig.at(700)

  private func web(replicas: Int = 3, tolerationSeconds: Int64? = 30) -> Deployment {
    ClusterRig.deployment(replicas: replicas) {
      guard let tolerationSeconds else { return }
      $0.tolerations = [
        Toleration(
          key: NodeTaints.unreachable, op: .exists, effect: .noExecute,
          tolerationSeconds: tolerationSeconds)
      ]
    }
  }

  private func world(
    seed: UInt64 = 1, _ deployment: Deployment, returns: Int64? = nil, crashed: String = "n0",
    loaded: Bool = false
  ) -> World {
    let nodes = ["a", "b", "c"].enumerated().map { ClusterRig.node("n\($0)", zone: $1) }
    let service = Service(meta: ObjectMeta(name: "web"), selector: ["app": "web"])
    var options = ClusterRig.options(
      seed: seed, nodes, [.deployment(deployment), .service(service)])
    if loaded {
      var load = LoadSpec(
        service: ObjectKey(.service, namespace: "default", name: "web"),
        curve: .constant(milliRate: 60_000))
      load.timeout = .seconds(2)
      options.loads = [load]
    }
    var world = World(options)
    let selection = NodeSelection(name: crashed)
    world.schedule(.nodes(selection, .crash), at: NodeCrashTests.crash)
    if let returns {
      world.schedule(.nodesRecover(selection, .crash), at: ClusterRig.at(returns))
    }
    return world
  }

  /// When the node was first stored with a NoExecute taint.
  private func noExecute(_ world: borrowing World, _ node: NodeID) -> Instant? {
    world.log.entries.first {
      guard case .node(node, let view) = $0.change else { return false }
      return view.spec.taints.contains { $0.effect == .noExecute }
    }?.at
  }

  /// Recorded on Kubernetes 1.36: three of five nodes of a zone were lost and none was tainted with
  /// NoExecute; both nodes of one of two zones were lost and tainted 9.9 s after each other.
  @Test func aPartlyDisruptedSmallZoneIsNotEvicted() {
    let nodes = (0..<5).map { ClusterRig.node("n\($0)", zone: "a") }
    var world = World(ClusterRig.options(nodes, [.deployment(web(replicas: 10))]))
    for name in ["n0", "n1", "n2"] {
      world.schedule(.nodes(NodeSelection(name: name), .crash), at: NodeCrashTests.crash)
    }
    world.run(until: NodeCrashTests.end)
    let lost = world.nodes.rows.filter { $0.view.ready == .unknown }
    #expect(lost.count == 3)
    // One that is found before the others may have been tainted.
    #expect(lost.count { $0.spec.taints.count == 1 } >= 2)
    #expect(lost.allSatisfy { $0.spec.taints.contains { $0.effect == .noSchedule } })
  }

  @Test func podsAreEvictedAndReplacedAfterTheirToleration() throws {
    for seed in UInt64(1)...4 {
      var world = world(seed: seed, web())
      world.run(until: NodeCrashTests.crash)
      let lost = try #require(world.nodes.id("n0"))
      let victims = world.pods(on: lost)
      #expect(victims.count == 1)
      let victim = try #require(victims.first)
      world.run(until: NodeCrashTests.end)

      let unknown = try #require(world.first { $0 == .nodeReady(lost, .unknown) })
      #expect(unknown - NodeCrashTests.crash > .seconds(40))
      #expect(unknown - NodeCrashTests.crash < .seconds(56))
      let unready = try #require(
        world.first(after: NodeCrashTests.crash) { $0 == .podUnready(victim) })
      #expect(unready - unknown < .milliseconds(500))
      // From the taint on the toleration counts.
      let tainting = noExecute(world, lost)
      let tainted = try #require(tainting)
      #expect(tainted - unknown >= .milliseconds(90))
      #expect(tainted - unknown < .milliseconds(300))
      let evicted = try #require(world.first { $0 == .podTerminating(victim) })
      #expect(evicted - tainted > .seconds(30))
      #expect(evicted - tainted < .milliseconds(30_200))
      let ready = try #require(
        world.first(after: evicted) { if case .podReady = $0 { true } else { false } })
      #expect(ready - evicted < .seconds(20))

      #expect(world.pods.views[victim.index].terminating, "only its kubelet can end it")
      #expect(!world.pods.views[victim.index].gone)
      let alive = world.pods.views.filter { !$0.gone && !$0.terminating }
      #expect(alive.count == 3)
      #expect(alive.allSatisfy { $0.ready && $0.node != lost })
      #expect(
        world.nodes.rows[lost.index].spec.taints.map(\.effect) == [.noSchedule, .noExecute])
    }
  }

  @Test func withoutATolerationOfItsOwnAPodStaysFiveMinutes() throws {
    var world = world(web(tolerationSeconds: nil))
    world.run(until: NodeCrashTests.end)
    let lost = try #require(world.nodes.id("n0"))
    let unknown = try #require(world.first { $0 == .nodeReady(lost, .unknown) })
    let evicted = try #require(
      world.first { if case .podTerminating = $0 { true } else { false } })
    #expect(evicted - unknown > .seconds(300))
    #expect(evicted - unknown < .milliseconds(300_500))
  }

  @Test func aShortCrashIsNotSeenAndItsPodsStartAgain() throws {
    var world = world(web(), returns: 120)
    world.run(until: NodeCrashTests.end)
    #expect(world.first { if case .nodeReady = $0 { true } else { false } } == nil)
    #expect(world.first { if case .podTerminating = $0 { true } else { false } } == nil)
    #expect(world.pods.count == 3)
    #expect(world.pods.views.allSatisfy { $0.ready })
    #expect(world.pods.views.map(\.restarts).sorted() == [0, 0, 1])
  }

  @Test func aNodeThatIsBackLosesItsTaintsAndItsEvictedPods() throws {
    var world = world(web(), returns: 300)
    world.run(until: ClusterRig.at(300))
    let lost = try #require(world.nodes.id("n0"))
    let victim = try #require(world.pods(on: lost).first)
    #expect(world.pods.views[victim.index].terminating)
    world.run(until: NodeCrashTests.end)
    let back = try #require(world.first { $0 == .nodeReady(lost, .yes) })
    #expect(back - ClusterRig.at(300) < .seconds(1))
    let gone = try #require(world.first { $0 == .podGone(victim) })
    #expect(gone - ClusterRig.at(300) < .seconds(2))
    #expect(world.nodes.rows[lost.index].spec.taints.isEmpty)
    #expect(world.pods.views.count { !$0.gone } == 3)
  }

  @Test func requestsToALostNodeTimeOutUntilItsEndpointsAreDropped() throws {
    var world = world(web(), loaded: true)
    world.run(until: ClusterRig.at(300))
    let all = world.traffic.tally([LoadID(0)], from: ClusterRig.at(90), to: ClusterRig.at(100))
    #expect(all.requests > 400)
    #expect(all.errorRatio == .zero)
    let during = world.traffic.tally(
      [LoadID(0)], from: ClusterRig.at(105), to: ClusterRig.at(135))
    // One of three endpoints swallows what it gets.
    let share = try #require(during.errorRatio?.value)
    #expect(share > 0.25 && share < 0.42)
    let after = world.traffic.tally([LoadID(0)], from: ClusterRig.at(170), to: ClusterRig.at(300))
    #expect(after.errorRatio == .zero)
    #expect(after.requests > 7000)
  }

  @Test func podsThatAreScheduledBeforeTheLossIsKnownWaitForTheNode() throws {
    var world = world(web(replicas: 3), returns: 400)
    world.schedule(
      .scale(ObjectKey(.deployment, namespace: "default", name: "web"), replicas: 6),
      at: ClusterRig.at(110))
    world.run(until: ClusterRig.at(130))
    let lost = try #require(world.nodes.id("n0"))
    let stuck = world.pods(on: lost).filter { world.pods.views[$0.index].phase == .pending }
    #expect(stuck.count == 1)
    world.run(until: NodeCrashTests.end)
    #expect(world.pods.views.count { !$0.gone && $0.ready } == 6)
  }

  @Test func aLostZoneIsReplacedInTheOthersAtTheEvictionRate() throws {
    let nodes = (0..<6).map { ClusterRig.node("n\($0)", zone: $0 < 2 ? "a" : $0 < 4 ? "b" : "c") }
    var world = World(ClusterRig.options(nodes, [.deployment(web(replicas: 6))]))
    let selection = NodeSelection(zone: "a")
    world.schedule(.nodes(selection, .crash), at: NodeCrashTests.crash)
    world.schedule(.nodesRecover(selection, .crash), at: ClusterRig.at(500))
    world.run(until: ClusterRig.at(400))
    let zones = world.placements.sorted()
    #expect(zones.count == 6)
    #expect(zones.allSatisfy { $0 != "n0" && $0 != "n1" })
    let evictions = world.timeline.filter {
      if case .podTerminating = $0.happening { true } else { false }
    }
    #expect(evictions.count == 2)
    let (first, last) = (try #require(evictions.first).at, try #require(evictions.last).at)
    // The second node of the zone is tainted 10 s after the first, unless it was found later anyway.
    #expect(last - first >= .seconds(9))
    world.run(until: NodeCrashTests.end)
    #expect(world.pods.views.count { !$0.gone } == 6)
    #expect(world.nodes.rows.allSatisfy { $0.alive && $0.spec.taints.isEmpty })
  }

  @Test func aForkAtAnyInstantGivesTheDigestOfTheUnforkedRun() {
    var whole = world(web(), returns: 300, loaded: true)
    whole.run(until: ClusterRig.at(340))
    for milliseconds in [50_017, 100_003, 101_500, 147_777, 151_234, 186_400, 300_006, 301_700] {
      var world = world(web(), returns: 300, loaded: true)
      world.run(until: .zero + .milliseconds(Int64(milliseconds)))
      var fork = world.fork()
      fork.run(until: ClusterRig.at(340))
      world.run(until: ClusterRig.at(340))
      #expect(fork.digest == whole.digest)
      #expect(world.digest == whole.digest)
    }
  }

  @Test func controllersThatCrashAtAnyRequestComeToTheSameEnd() {
    for request in 0..<40 {
      var world = world(web())
      world.run(until: NodeCrashTests.crash)
      let before = world.requestCount
      var crashed = false
      while world.step(until: ClusterRig.at(400)) {
        if !crashed, world.requestCount > before + request {
          world.crashControllers()
          crashed = true
        }
      }
      let alive = world.pods.views.filter { !$0.gone && !$0.terminating }
      #expect(alive.count == 3 && alive.allSatisfy { $0.ready })
      if !crashed { break }
    }
  }

  @Test func oneMoreNodeLeavesTheOthersTheirLeases() {
    let nodes = (0..<3).map { ClusterRig.node("n\($0)") }
    let few = World(ClusterRig.options(nodes, []))
    let more = World(ClusterRig.options([ClusterRig.node("m")] + nodes, []))
    #expect(few.nodes.rows.map(\.lease) == more.nodes.rows.dropFirst().map(\.lease))
    #expect(Set(few.nodes.rows.map(\.lease)).count == 3)
  }
}

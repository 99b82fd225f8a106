import ClusterAPI
import Control
import Kernel
import Testing
import Units

@testable import World

/// Drains, evictions and disruption budgets; nodes whose object is deleted.
@Suite struct DrainTests {
  private static let start = ClusterRig.at(60)
  private static let end = ClusterRig.at(400)

  private func budget(_ change: (inout PodDisruptionBudget) -> Void) -> ClusterObject {
    var budget = PodDisruptionBudget(meta: ObjectMeta(name: "web"))
    budget.selector = LabelSelector(matchLabels: ["app": "web"])
    change(&budget)
    return .podDisruptionBudget(budget)
  }

  private func world(_ objects: ClusterObject..., replicas: Int = 6) -> World {
    let nodes = (0..<3).map { ClusterRig.node("n\($0)") }
    return World(
      ClusterRig.options(
        nodes, [.deployment(ClusterRig.deployment(replicas: replicas))] + objects))
  }

  private func drained(_ world: inout World, _ node: String = "n0") {
    world.schedule(.node(.named(node), .drain), at: DrainTests.start)
    world.run(until: DrainTests.end)
  }

  /// The least number of ready pods after the drain began.
  private func leastReady(_ world: borrowing World) -> Int {
    var (ready, least) = (Set<PodID>(), Int.max)
    for entry in world.timeline {
      switch entry.happening {
      case .podReady(let pod): ready.insert(pod)
      case .podUnready(let pod), .podTerminating(let pod): ready.remove(pod)
      default: continue
      }
      if entry.at >= DrainTests.start { least = min(least, ready.count) }
    }
    return least
  }

  @Test func aDrainedNodeIsEmptyAndTakesNobody() throws {
    var world = world()
    drained(&world)
    let node = try #require(world.nodes.id("n0"))
    #expect(world.pods(on: node).isEmpty)
    #expect(world.placements.count == 6)
    let row = world.nodes.rows[node.index]
    #expect(row.spec.unschedulable)
    #expect(row.spec.taints.map(\.key) == [NodeTaints.unschedulable])
    world.schedule(.node(.named("n0"), .cordon(false)), at: DrainTests.end)
    world.run(until: DrainTests.end + .seconds(10))
    #expect(world.nodes.rows[node.index].spec.taints.isEmpty)
  }

  @Test func aBudgetSetsThePace() {
    var free = world()
    drained(&free)
    var held = world(budget { $0.maxUnavailable = .int(1) })
    drained(&held)
    #expect(leastReady(free) < 5)
    #expect(leastReady(held) == 5)
    #expect(held.placements.allSatisfy { $0 != "n0" })
    #expect(held.budgets[0].status.disruptionsAllowed == 1)
    #expect(held.budgets[0].status.disruptedPods.isEmpty)
  }

  /// 429 every 5 s, for ever; and a user's change of the budget lets the drain go on.
  @Test func aBudgetWithoutSlackBlocksUntilItIsChanged() {
    var world = world(budget { $0.minAvailable = .int(6) })
    let wider = budget { $0.minAvailable = .int(5) }
    world.schedule(.apply(wider), at: ClusterRig.at(200))
    world.schedule(.node(.named("n0"), .drain), at: DrainTests.start)
    world.run(until: ClusterRig.at(200))
    #expect(world.placements.count { $0 == "n0" } == 2)
    let refusals = world.timeline.filter {
      if case .podEvicted(_, .some) = $0.happening { true } else { false }
    }
    #expect(refusals.count == 2 * 28)
    world.run(until: DrainTests.end)
    #expect(!world.placements.contains("n0"))
    #expect(world.placements.count == 6)
  }

  @Test func controllersThatCrashAtAnyRequestComeToTheSameEnd() {
    for request in 0..<60 {
      var world = world(budget { $0.maxUnavailable = .int(1) })
      world.schedule(.node(.named("n0"), .drain), at: DrainTests.start)
      world.run(until: DrainTests.start)
      let before = world.requestCount
      var crashed = false
      while world.step(until: DrainTests.end) {
        if !crashed, world.requestCount > before + request {
          world.crashControllers()
          crashed = true
        }
      }
      #expect(world.placements.count == 6 && !world.placements.contains("n0"))
      #expect(world.budgets[0].status.disruptionsAllowed == 1)
      #expect(leastReady(world) >= 5)
      if !crashed { break }
    }
  }

  @Test func aForkInTheMiddleOfADrainGoesOnAlike() {
    var whole = world(budget { $0.maxUnavailable = .int(1) })
    drained(&whole)
    for milliseconds in [60_004, 60_017, 61_250, 65_013, 72_001] {
      var world = world(budget { $0.maxUnavailable = .int(1) })
      world.schedule(.node(.named("n0"), .drain), at: DrainTests.start)
      world.run(until: .zero + .milliseconds(Int64(milliseconds)))
      var fork = world.fork()
      fork.run(until: DrainTests.end)
      #expect(fork.digest == whole.digest)
    }
  }

  /// Its pods are force-deleted by the pod garbage collector, 40 s after it has missed the node.
  @Test func podsOfADeletedNodeAreCollected() throws {
    var world = world()
    world.schedule(.nodes(NodeSelection(name: "n0"), .crash), at: DrainTests.start)
    world.schedule(.node(.named("n0"), .delete), at: ClusterRig.at(65))
    world.run(until: DrainTests.end)
    let gone = try #require(
      world.first(after: DrainTests.start) { if case .podGone = $0 { true } else { false } })
    #expect(gone >= ClusterRig.at(105) && gone <= ClusterRig.at(150))
    #expect(world.nodes.id("n0") == nil)
    #expect(world.placements.count == 6)
    #expect(world.placements.allSatisfy { $0 != "n0" })
  }

  @Test func anUnknownNodeOrPodIsRefusedWithANote() {
    var world = world()
    world.schedule(.node(.named("n9"), .drain), at: DrainTests.start)
    world.schedule(.pod(.made(99), .evict), at: DrainTests.start)
    world.run(until: ClusterRig.at(61))
    let refused = world.timeline.filter {
      if case .refused(_, "not found") = $0.happening { true } else { false }
    }
    #expect(refused.count == 2)
  }
}

import ClusterAPI
import Testing
import Units

@testable import Control

/// Victims and nodes as DefaultPreemption chooses them.
@Suite struct PreemptionTests {
  /// Nodes of four cores, full with pods of one core each.
  private struct Rig {
    var cache = SchedulerCache()
    var small = 0
    var pods: [PlacedPod] = []

    init(nodes: Int) {
      for node in 0..<nodes { cache.setNode(node, makeNode("n\(node)", cpu: 4)) }
      small = cache.addTemplate(makePod(app: "small"))
    }

    mutating func place(
      on node: Int32, priority: Int32, start: Int64 = 0, budgets: [Int] = []
    ) {
      cache.place(small, on: Int(node))
      pods.append(
        PlacedPod(
          id: PodID(pods.count), template: small, node: node, priority: priority,
          start: Timestamp(seconds: start), budgets: budgets))
    }

    /// For a pod of so many cores and priority 100.
    mutating func preempt(cores: Int64, allowed: [Int64] = []) throws -> PreemptionCandidate {
      let found = candidate(cores: cores, allowed: allowed)
      return try #require(found)
    }

    mutating func candidate(
      cores: Int64, allowed: [Int64] = [], tie: Double = 0
    ) -> PreemptionCandidate? {
      let big = cache.addTemplate(makePod(app: "big", cores: cores))
      let decision = cache.decide(big)
      #expect(decision.best.isEmpty)
      let found = cache.preemption(
        for: big, priority: 100, decision: decision, pods: pods, allowed: allowed, tie: tie)
      // Looking changes nothing.
      #expect(cache.decide(big).best.isEmpty)
      return found
    }
  }

  @Test func noMoreGoThanMustAndTheImportantStay() throws {
    var rig = Rig(nodes: 1)
    rig.place(on: 0, priority: 5)
    rig.place(on: 0, priority: 1, start: 10)
    rig.place(on: 0, priority: 1, start: 20)
    rig.place(on: 0, priority: 200)
    let found = try rig.preempt(cores: 2)
    // Of two of equal priority the longer runner is the more important one.
    #expect(found.victims.map(\.id) == [PodID(1), PodID(2)])
    let one = try rig.preempt(cores: 1)
    #expect(one.victims.map(\.id) == [PodID(2)])
    let all = rig.candidate(cores: 4)
    #expect(all == nil, "the pod of higher priority stays")
  }

  @Test func aBudgetIsBrokenOnlyWhereNothingElseHelps() throws {
    var rig = Rig(nodes: 2)
    for _ in 0..<4 { rig.place(on: 0, priority: 1, budgets: [0]) }
    for _ in 0..<4 { rig.place(on: 1, priority: 9) }
    // The budget allows one disruption; two are needed on the first node.
    let found = try rig.preempt(cores: 2, allowed: [1])
    #expect(found.node == 1 && found.violations == 0)
    let kept = try rig.preempt(cores: 2, allowed: [2])
    #expect(kept.node == 0 && kept.violations == 0)
  }

  @Test func onOneNodeTheUnprotectedGoFirst() throws {
    var rig = Rig(nodes: 1)
    rig.place(on: 0, priority: 1, budgets: [0])
    rig.place(on: 0, priority: 9)
    rig.place(on: 0, priority: 9, budgets: [0])
    rig.place(on: 0, priority: 200)
    let found = try rig.preempt(cores: 1, allowed: [0])
    #expect(found.victims.map(\.id) == [PodID(1)])
    #expect(found.violations == 0)
  }

  @Test func theNodeWithTheLeastImportantVictimsIsTaken() throws {
    var rig = Rig(nodes: 3)
    for node in Int32(0)..<3 {
      for index in 0..<4 { rig.place(on: node, priority: node == 1 ? 3 : 7, start: Int64(index)) }
    }
    let rigFound = try rig.preempt(cores: 2)
    #expect(rigFound.node == 1)
    // Equal priorities: the node whose victims started last.
    var late = Rig(nodes: 2)
    for node in Int32(0)..<2 {
      for _ in 0..<4 { late.place(on: node, priority: 3, start: node == 1 ? 50 : 40) }
    }
    let lateFound = try late.preempt(cores: 2)
    #expect(lateFound.node == 1)
  }

  @Test func equalNodesAreDrawn() throws {
    var rig = Rig(nodes: 2)
    for node in Int32(0)..<2 { for _ in 0..<4 { rig.place(on: node, priority: 3) } }
    let first = rig.candidate(cores: 2, tie: 0)?.node
    let last = rig.candidate(cores: 2, tie: 0.99)?.node
    #expect(Set([first, last]) == [0, 1])
  }

  @Test func nodesWhereNoRemovalHelpsAreNotLookedAt() {
    var rig = Rig(nodes: 1)
    for _ in 0..<4 { rig.place(on: 0, priority: 1) }
    let found = rig.candidate(cores: 5)
    #expect(found == nil, "the node is too small for it")
  }

  @Test func messagesSayWhatCameOfIt() {
    var rig = Rig(nodes: 1)
    for _ in 0..<4 { rig.place(on: 0, priority: 1) }
    let big = rig.cache.addTemplate(makePod(app: "big", cores: 2))
    let decision = rig.cache.decide(big)
    let head = "0/1 nodes are available: 1 Insufficient cpu."
    #expect(decision.failedSchedulingMessage(preemption: .nominated) == head)
    #expect(
      decision.failedSchedulingMessage(preemption: .victimsTerminating)
        == head + " no new claims to deallocate, preemption: "
        + "not eligible due to a terminating pod on the nominated node.")
  }
}

import ClusterAPI
import Control
import Testing

@Suite struct SchedulerSearchTests {
  @Test func nodesAreVisitedZoneByZone() {
    var cache = SchedulerCache()
    for (index, zone) in ["a", "a", "a", "b", "c", "c"].enumerated() {
      cache.setNode(index, makeNode("n\(index)", zone: zone))
    }
    let pod = cache.addTemplate(makePod())
    #expect(cache.decide(pod).feasible == [0, 3, 4, 1, 5, 2])
    cache.removeNode(3)
    #expect(cache.decide(pod).feasible.count == 5)
  }

  @Test(arguments: [
    (50, 50), (99, 99), (100, 100), (200, 100), (500, 230), (5000, 500), (9000, 450),
  ])
  func searchStopsByClusterSize(nodes: Int, wanted: Int) {
    #expect(SchedulerOptions().feasibleNodesWanted(of: nodes) == wanted)
  }

  @Test func aGivenPercentageCountsFromAHundredNodesOn() {
    var options = SchedulerOptions()
    options.percentageOfNodesToScore = 70
    #expect(options.feasibleNodesWanted(of: 60) == 60)
    #expect(options.feasibleNodesWanted(of: 1000) == 700)
  }

  @Test func theSearchContinuesWhereItStopped() {
    var cache = SchedulerCache()
    for index in 0..<250 { cache.setNode(index, makeNode("n\(index)", unschedulable: index < 10)) }
    let pod = cache.addTemplate(makePod())
    let wanted = SchedulerOptions().feasibleNodesWanted(of: 250)
    let first = cache.decide(pod)
    #expect(first.feasible.count == wanted)
    #expect(first.feasible.first == 10)
    #expect(cache.nextStart == wanted + 10)
    #expect(cache.decide(pod).feasible.first == Int32(wanted + 10))
    _ = cache.decide(pod)
    // Round the end, past the ten nodes that take nothing.
    #expect(cache.nextStart == (3 * wanted + 20) % 250)
  }

  @Test func aSingleFeasibleNodeIsNotScored() {
    var cache = SchedulerCache()
    cache.setNode(0, makeNode("n0"))
    cache.setNode(1, makeNode("n1", unschedulable: true))
    let pod = cache.addTemplate(makePod())
    let decision = cache.decide(pod)
    #expect(decision.best == [0])
    #expect(decision.totals.isEmpty)
  }
}

/// The words of recorded `FailedScheduling` events.
@Suite struct FailedSchedulingMessages {
  @Test func reasonsAreCountedAndSortedAsText() {
    var cache = SchedulerCache()
    let taint = Taint(key: "dedicated", value: "gpu", effect: .noSchedule)
    for index in 0..<2 { cache.setNode(index, makeNode("n\(index)", cpu: 1)) }
    for index in 2..<17 { cache.setNode(index, makeNode("n\(index)", taints: [taint])) }
    for index in 17..<40 {
      cache.setNode(index, makeNode("n\(index)", labels: ["disk": "hdd"]))
    }
    let filler = cache.addTemplate(makePod(app: "filler"))
    for index in 0..<2 { cache.place(filler, on: index) }
    var pod = makePod()
    pod.affinity.node = NodeAffinity(required: [
      NodeSelectorTerm(matchExpressions: [.init(key: "disk", op: .doesNotExist)])
    ])
    let template = cache.addTemplate(pod)
    #expect(
      cache.decide(template).failedSchedulingMessage()
        == "0/40 nodes are available: 15 node(s) had untolerated taint(s), 2 Insufficient cpu, "
        + "23 node(s) didn't match Pod's node affinity/selector. no new claims to deallocate, "
        + "preemption: 0/40 nodes are available: 2 No preemption victims found for incoming pod, "
        + "38 Preemption is not helpful for scheduling.")
  }

  @Test func extendedResourcesAreNamed() {
    var cache = SchedulerCache()
    for index in 0..<3 {
      var node = makeNode("n\(index)")
      if index > 0 { node.allocatable["nvidia.com/gpu"] = Quantity(1) }
      cache.setNode(index, node)
    }
    var pod = makePod()
    pod.requests.others["nvidia.com/gpu"] = 1
    let template = cache.addTemplate(pod)
    for index in 1...2 { cache.place(template, on: index) }
    let decision = cache.decide(template)
    #expect(
      decision.failedSchedulingMessage()
        == "0/3 nodes are available: 3 Insufficient nvidia.com/gpu. no new claims to deallocate, "
        + "preemption: 0/3 nodes are available: 1 Preemption is not helpful for scheduling, "
        + "2 No preemption victims found for incoming pod.")
    #expect(
      decision.failedSchedulingMessage(preemption: .never).hasSuffix(
        "preemption: not eligible due to preemptionPolicy=Never."))
  }

  @Test func oneNodeMayLackSeveralThings() {
    var cache = SchedulerCache()
    var node = makeNode("n0", cpu: 1)
    node.allocatable["pods"] = .zero
    cache.setNode(0, node)
    let template = cache.addTemplate(makePod(cores: 2))
    #expect(
      cache.decide(template).failedSchedulingMessage().hasPrefix(
        "0/1 nodes are available: 1 Insufficient cpu, 1 Too many pods. "))
  }
}

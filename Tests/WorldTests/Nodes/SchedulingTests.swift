import ClusterAPI
import Kernel
import Testing
import Units

@testable import World

/// The world's scheduler: the decisions themselves are tested on Kubernetes' own recorded cases.
@Suite struct SchedulingTests {
  private func messages(_ world: borrowing World) -> [String] {
    world.timeline.compactMap {
      if case .podUnschedulable(_, let message) = $0.happening { message } else { nil }
    }
  }

  @Test func aPodThatFitsNowhereIsReportedInKubernetesWords() {
    let taint = Taint(key: "gpu", value: "yes", effect: .noSchedule)
    let nodes = [
      ClusterRig.node("a", cpu: 2), ClusterRig.node("b", cpu: 2),
      ClusterRig.node("c", taints: [taint]),
    ]
    var world = World(
      ClusterRig.options(
        nodes, [.deployment(ClusterRig.deployment(replicas: 1, milliCPU: 3000))]))
    world.run(until: ClusterRig.at(60))
    #expect(
      messages(world) == [
        "0/3 nodes are available: 1 node(s) had untolerated taint(s), 2 Insufficient cpu. "
          + "no new claims to deallocate, preemption: 0/3 nodes are available: "
          + "3 Preemption is not helpful for scheduling."
      ])
    #expect(world.pods.unschedulable.count == 1)
    #expect(world.placements.isEmpty)
  }

  @Test func aTolerationOpensTheTaintedNode() {
    let taint = Taint(key: "gpu", value: "yes", effect: .noSchedule)
    let nodes = [ClusterRig.node("a", cpu: 2), ClusterRig.node("c", taints: [taint])]
    let web = ClusterRig.deployment(replicas: 1, milliCPU: 3000) {
      $0.tolerations = [Toleration(key: "gpu", op: .exists, effect: .noSchedule)]
    }
    var world = World(ClusterRig.options(nodes, [.deployment(web)]))
    world.run(until: ClusterRig.at(60))
    #expect(world.placements == ["c"])
  }

  @Test func podsSpreadOverZones() {
    let nodes = [
      ClusterRig.node("a1", zone: "a"), ClusterRig.node("a2", zone: "a"),
      ClusterRig.node("b1", zone: "b"), ClusterRig.node("c1", zone: "c"),
    ]
    let constraint = TopologySpreadConstraint(
      maxSkew: 1, topologyKey: "topology.kubernetes.io/zone", whenUnsatisfiable: .doNotSchedule,
      labelSelector: LabelSelector(matchLabels: ["app": "web"]))
    for seed in UInt64(1)...5 {
      let web = ClusterRig.deployment(replicas: 6, milliCPU: 100) {
        $0.topologySpreadConstraints = [constraint]
      }
      var world = World(ClusterRig.options(seed: seed, nodes, [.deployment(web)]))
      world.run(until: ClusterRig.at(60))
      let zones = world.placements.map { $0.prefix(1) }.sorted()
      #expect(zones == ["a", "a", "b", "b", "c", "c"])
    }
  }

  @Test func aNodeThatJoinsTakesThePodsThatWait() throws {
    var world = World(
      ClusterRig.options(
        [ClusterRig.node("a", cpu: 1)],
        [.deployment(ClusterRig.deployment(replicas: 3))]))
    var joining = Node(meta: ObjectMeta(name: "b", namespace: ""))
    joining.allocatable = ClusterRig.node("b").allocatable
    world.schedule(.apply(.node(joining)), at: ClusterRig.at(100))
    world.run(until: ClusterRig.at(100))
    #expect(world.placements == ["a", "a"])
    #expect(messages(world).first?.contains("1 Insufficient cpu") == true)
    world.run(until: ClusterRig.at(200))
    #expect(world.placements.sorted() == ["a", "a", "b"])
    #expect(world.pods.unschedulable.isEmpty)
    let bound = try #require(
      world.first(after: ClusterRig.at(100)) { if case .podBound = $0 { true } else { false } })
    #expect(bound < ClusterRig.at(101))
  }

  @Test func aCordonedNodeTakesNoMorePods() {
    let nodes = [ClusterRig.node("a"), ClusterRig.node("b")]
    var world = World(
      ClusterRig.options(nodes, [.deployment(ClusterRig.deployment(replicas: 2))]))
    var cordoned = Node(meta: ObjectMeta(name: "a", namespace: ""))
    cordoned.unschedulable = true
    world.schedule(.apply(.node(cordoned)), at: ClusterRig.at(30))
    world.schedule(
      .scale(ObjectKey(.deployment, namespace: "default", name: "web"), replicas: 6),
      at: ClusterRig.at(60))
    world.run(until: ClusterRig.at(120))
    #expect(world.placements.count { $0 == "a" } == 1)
    #expect(world.placements.count { $0 == "b" } == 5)
  }

  @Test func aHigherPriorityIsTriedFirst() {
    let low = ClusterRig.deployment("batch", replicas: 2, milliCPU: 2000)
    let high = ClusterRig.deployment("web", replicas: 2, milliCPU: 2000) {
      $0.priorityClassName = "high"
    }
    let rank = PriorityClass(meta: ObjectMeta(name: "high", namespace: ""), value: 1000)
    var world = World(
      ClusterRig.options([], [.deployment(low), .deployment(high), .priorityClass(rank)]))
    var joining = Node(meta: ObjectMeta(name: "a", namespace: ""))
    joining.allocatable = ClusterRig.node("a", cpu: 4).allocatable
    world.schedule(.apply(.node(joining)), at: ClusterRig.at(60))
    world.run(until: ClusterRig.at(59))
    #expect(messages(world).allSatisfy { $0 == "no nodes available to schedule pods" })
    world.run(until: ClusterRig.at(120))
    let placed = world.pods.views.filter { !$0.node.isNone }
      .map { world.owners[$0.owner.index].workload.name }
    #expect(placed == ["web", "web"])
  }

  @Test func oneMorePodLeavesTheOthersTheirDraws() {
    let nodes = (0..<8).map { ClusterRig.node("n\($0)") }
    func world(_ replicas: Int) -> World {
      var world = World(
        ClusterRig.options(
          nodes, [.deployment(ClusterRig.deployment(replicas: replicas, milliCPU: 10))]))
      world.run(until: ClusterRig.at(60))
      return world
    }
    let few = world(3)
    let more = world(4)
    let before = Dictionary(
      uniqueKeysWithValues: few.pods.views.indices.map {
        (few.pods.causes[$0], few.pods.views[$0].node)
      })
    let same = more.pods.views.indices.filter {
      before[more.pods.causes[$0]] == more.pods.views[$0].node
    }
    #expect(same.count == 3)
  }
}

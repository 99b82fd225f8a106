import ClusterAPI
import Control
import Kernel
import Testing
import Units

@testable import World

@Suite struct DaemonSetTests {
  private let update = ClusterRig.at(60)

  private func updated(
    to image: String = "agent:v2", nodes: Int = 4, _ change: (inout DaemonSet) -> Void = { _ in }
  ) -> World {
    var world = SetRig.world([.daemonSet(SetRig.agent("agent:v1", change))], nodes: nodes)
    world.schedule(.setImage(SetRig.agentKey, container: nil, image: image), at: update)
    return world
  }

  /// Images by node, of pods that are not terminating.
  private func images(_ world: borrowing World) -> [String: [String]] {
    var result: [String: [String]] = [:]
    for (index, view) in world.pods.views.enumerated()
    where !view.gone && !view.terminating && !view.node.isNone {
      let template = world.templates[world.pods.templates[index].index].template
      result[world.nodes.rows[view.node.index].spec.name, default: []]
        .append(template.spec.containers[0].image)
    }
    return result
  }

  /// The most pods at a time that are on their way out or not ready yet, after an instant.
  private func most(_ world: borrowing World, after: Instant) -> (gone: Int, living: Int) {
    var (living, ready) = (0, Set<PodID>())
    var (fewest, most) = (Int.max, 0)
    for entry in world.timeline {
      switch entry.happening {
      case .podCreated: living += 1
      case .podReady(let pod): ready.insert(pod)
      case .podTerminating(let pod):
        ready.remove(pod)
        living -= 1
      default: continue
      }
      if entry.at >= after { (fewest, most) = (min(fewest, ready.count), max(most, living)) }
    }
    return (world.nodes.rows.count - fewest, most)
  }

  @Test func onePodOnEachNodeAndOnTheOneThatJoins() {
    var world = updated()
    var joining = Node(meta: ObjectMeta(name: "n9", namespace: ""))
    joining.allocatable = ClusterRig.node("n9").allocatable
    world.schedule(.apply(.node(joining)), at: ClusterRig.at(30))
    world.run(until: ClusterRig.at(59))
    #expect(images(world).keys.sorted() == ["n0", "n1", "n2", "n3", "n9"])
    #expect(images(world).values.allSatisfy { $0 == ["agent:v1"] })
    #expect(world.agent?.status.desiredNumberScheduled == 5)
    #expect(world.agent?.status.numberAvailable == 5)
    #expect(world.revisionNumbers == ["agent:v1 1"])
  }

  @Test func maxUnavailableLimitsHowManyAreReplacedAtATime() {
    for (value, most) in [(IntOrString.int(1), 1), (.int(2), 2), (.string("30%"), 2)] {
      var world = updated { $0.maxUnavailable = value }
      world.run(until: ClusterRig.at(300))
      #expect(images(world).values.allSatisfy { $0 == ["agent:v2"] })
      #expect(self.most(world, after: update).gone == most)
      #expect(world.agent?.status.updatedNumberScheduled == 4)
    }
  }

  @Test func aSurgeNeverLeavesANodeWithoutAReadyPod() {
    for (value, surge) in [(IntOrString.int(1), 1), (.string("50%"), 2)] {
      var world = updated {
        $0.maxSurge = value
        $0.maxUnavailable = .int(0)
      }
      world.run(until: ClusterRig.at(300))
      #expect(images(world).values.allSatisfy { $0 == ["agent:v2"] })
      let most = most(world, after: update)
      #expect(most.gone == 0 && most.living == 4 + surge)
    }
  }

  @Test func aBrokenVersionStopsAtTheLimitAndGoesBack() {
    var world = updated(to: "agent:broken")
    world.schedule(.undo(SetRig.agentKey), at: ClusterRig.at(150))
    world.run(until: ClusterRig.at(149))
    #expect(world.living.count { $0.hasSuffix("broken not ready") } == 1)
    #expect(world.agent?.status.numberUnavailable == 1)
    world.run(until: ClusterRig.at(300))
    #expect(images(world).values.allSatisfy { $0 == ["agent:v1"] })
    #expect(world.revisionNumbers == ["agent:broken 2", "agent:v1 3"])
  }

  /// Recorded: with maxUnavailable 1 the update stops at the terminating pod of the dead node, with
  /// maxSurge 1 it goes on.
  @Test func anUpdateIsBlockedByADeadNodeUnlessItSurges() {
    for surges in [false, true] {
      var world = SetRig.world(
        [
          .daemonSet(
            SetRig.agent {
              if surges { ($0.maxSurge, $0.maxUnavailable) = (.int(1), .int(0)) }
            })
        ], nodes: 4)
      world.schedule(.nodes(NodeSelection(name: "n0"), .crash), at: ClusterRig.at(30))
      world.schedule(
        .setImage(SetRig.agentKey, container: nil, image: "agent:v2"), at: ClusterRig.at(150))
      world.run(until: ClusterRig.at(400))
      let new = world.living.count { $0.hasSuffix("v2") }
      #expect(new == (surges ? 3 : 0))
      #expect(world.agent?.status.desiredNumberScheduled == 3)
      #expect(world.agent?.status.numberMisscheduled == 1)
      #expect(world.agent?.status.numberUnavailable == 0)
    }
  }

  @Test func podsFollowTheLabelsAndTaintsOfNodes() {
    let set = SetRig.agent { $0.template.spec.nodeSelector = ["disk": "ssd"] }
    var world = SetRig.world([.daemonSet(set)])
    world.schedule(.node(.named("n1"), .label("disk", "ssd")), at: ClusterRig.at(20))
    world.schedule(.node(.named("n2"), .label("disk", "ssd")), at: ClusterRig.at(20))
    world.schedule(.node(.named("n2"), .label("disk", nil)), at: ClusterRig.at(60))
    world.schedule(.node(.named("n1"), .cordon(true)), at: ClusterRig.at(80))
    world.run(until: ClusterRig.at(50))
    #expect(images(world).keys.sorted() == ["n1", "n2"])
    world.run(until: ClusterRig.at(120))
    #expect(images(world).keys.sorted() == ["n1"], "cordoned, which a DaemonSet tolerates")
    world.schedule(
      .node(.named("n1"), .taint([Taint(key: "own", effect: .noExecute)])), at: ClusterRig.at(130))
    world.run(until: ClusterRig.at(180))
    #expect(images(world).isEmpty)
  }

  @Test func aPodThatDoesNotFitWaitsForItsOwnNode() {
    let set = SetRig.agent {
      $0.template.spec.containers[0].resources.requests = ["cpu": Quantity(3)]
    }
    let filler = ClusterRig.deployment("web", replicas: 1, milliCPU: 2000) {
      $0.nodeSelector = ["kubernetes.io/hostname": "n1"]
    }
    var world = SetRig.world([.deployment(filler)])
    world.schedule(.apply(.daemonSet(set)), at: ClusterRig.at(30))
    world.schedule(
      .scale(ClusterObject.deployment(filler).key, replicas: 0), at: ClusterRig.at(60))
    world.run(until: ClusterRig.at(59))
    #expect(world.agent?.status.numberAvailable == 2)
    #expect(
      world.pods.unschedulable.values.first?.hasPrefix(
        "0/3 nodes are available: 1 Insufficient cpu, 2 node(s) didn't satisfy plugin(s) "
          + "[NodeAffinity]. ") == true)
    world.run(until: ClusterRig.at(160))
    #expect(world.agent?.status.numberAvailable == 3)
  }

  @Test func onDeleteReplacesWhatIsDeleted() {
    var world = updated { $0.updateStrategy = "OnDelete" }
    world.schedule(.pod(.on(node: "n1"), .delete(gracePeriodSeconds: nil)), at: ClusterRig.at(90))
    world.run(until: ClusterRig.at(200))
    #expect(world.living.count { $0.hasSuffix("v2") } == 1)
    #expect(images(world)["n1"] == ["agent:v2"])
  }

  @Test func aDeletedSetLeavesNothing() {
    var world = updated()
    world.schedule(.delete(SetRig.agentKey), at: ClusterRig.at(55))
    world.run(until: ClusterRig.at(200))
    #expect(world.living.isEmpty && world.revisionNumbers.isEmpty)
  }

  @Test func oneMoreNodeLeavesTheOthersTheirDraws() {
    var four = updated()
    var five = updated(nodes: 5)
    four.run(until: update)
    five.run(until: update)
    #expect(Set(four.pods.causes).subtracting(five.pods.causes).isEmpty)
    #expect(five.pods.count == 5)
  }

  @Test(arguments: [false, true])
  func controllersThatCrashAtAnyRequestComeToTheSameEnd(surges: Bool) {
    let end = ClusterRig.at(200)
    func world() -> World {
      updated {
        $0.minReadySeconds = 1
        if surges { ($0.maxSurge, $0.maxUnavailable) = (.int(1), .int(0)) }
      }
    }
    var whole = world()
    whole.run(until: end)
    let expected = images(whole)
    #expect(expected.count == 4 && expected.values.allSatisfy { $0 == ["agent:v2"] })
    var world = world()
    var (seen, crashes) = (0, 0)
    while world.step(until: end) {
      guard world.requestCount > seen else { continue }
      seen = world.requestCount
      var fork = world.fork()
      fork.crashControllers()
      fork.run(until: end)
      crashes += 1
      #expect(images(fork) == expected, "crashed at request \(seen)")
      #expect(fork.agent?.status == whole.agent?.status)
      #expect(fork.revisionNumbers == whole.revisionNumbers)
    }
    #expect(crashes > 20)
  }
}

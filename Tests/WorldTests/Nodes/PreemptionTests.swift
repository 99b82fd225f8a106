import ClusterAPI
import Kernel
import Testing
import Units

@testable import World

/// Preemption in the cluster: victims go, the pod waits for them, nobody else takes the place.
@Suite struct PreemptionTests {
  private func priority(_ name: String, _ value: Int) -> ClusterObject {
    .priorityClass(PriorityClass(meta: ObjectMeta(name: name, namespace: ""), value: value))
  }

  private func deployment(
    _ name: String, replicas: Int, milliCPU: Int64, grace: Int = 5
  ) -> Deployment {
    ClusterRig.deployment(name, replicas: replicas, milliCPU: milliCPU) {
      $0.priorityClassName = name
      $0.terminationGracePeriodSeconds = grace
    }
  }

  private func world() -> World {
    let nodes = (0..<2).map { ClusterRig.node("n\($0)") }
    var world = World(
      ClusterRig.options(
        nodes,
        [
          priority("low", 10), priority("high", 1000),
          .deployment(deployment("low", replicas: 8, milliCPU: 1000)),
        ]))
    world.schedule(
      .apply(.deployment(deployment("high", replicas: 1, milliCPU: 3000))), at: ClusterRig.at(60))
    return world
  }

  @Test func threeOfOneNodeMakeRoomAndTheirReplacementsWait() throws {
    var world = world()
    world.run(until: ClusterRig.at(120))
    let preempted = world.timeline.compactMap { entry -> PodID? in
      if case .podPreempted(let pod, _) = entry.happening { pod } else { nil }
    }
    #expect(preempted.count == 3)
    let node = world.pods.views[preempted[0].index].node
    #expect(preempted.allSatisfy { world.pods.views[$0.index].node == node })
    let high = try #require(
      world.pods.views.indices.first {
        world.podName(PodID($0)).hasPrefix("high")
      })
    #expect(world.pods.views[high].node == node && world.pods.views[high].ready)
    let waiting = world.pods.views.filter { !$0.gone && !$0.terminating && $0.node.isNone }
    #expect(waiting.count == 3)
    #expect(world.scheduler.nominated.isEmpty)
  }

  /// `preemptionPolicy: Never` waits in front of the others, and takes nobody's place.
  @Test func whoMayNotPreemptWaits() {
    var world = world()
    var polite = deployment("high", replicas: 1, milliCPU: 3000)
    polite.meta.name = "polite"
    polite.spec.template.spec.preemptionPolicy = "Never"
    world.schedule(.apply(.deployment(polite)), at: ClusterRig.at(30))
    world.run(until: ClusterRig.at(59))
    #expect(
      !world.timeline.contains { if case .podPreempted = $0.happening { true } else { false } })
  }

  @Test func aForkWhileVictimsTerminateGoesOnAlike() {
    var whole = world()
    whole.run(until: ClusterRig.at(120))
    for milliseconds in [60_010, 60_030, 60_300, 62_000] {
      var world = world()
      world.run(until: .zero + .milliseconds(Int64(milliseconds)))
      var fork = world.fork()
      fork.run(until: ClusterRig.at(120))
      #expect(fork.digest == whole.digest)
    }
  }
}

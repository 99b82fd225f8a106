import ClusterAPI
import Kernel
import Testing
import Units

@testable import World

/// Randomness is named by its cause: what touches nobody shifts nobody's draws.
@Suite struct CauseTests {
  private func world(_ disturb: (inout World) -> Void = { _ in }) -> World {
    var load = KubeletRig.load(150)
    load.timeout = .seconds(5)
    let profile = KubeletRig.profile {
      $0.startup = .exponential(mean: .seconds(3))
      $0.serviceTime = .exponential(mean: .milliseconds(20))
      $0.crashAfterReady = .exponential(mean: .seconds(200))
    }
    var world = KubeletRig.world(replicas: 6, profiles: [profile], loads: [load], nodes: 3) {
      $0.containers[0].readinessProbe = KubeletRig.probe(period: 2)
      $0.containers[0].livenessProbe = KubeletRig.probe(period: 3)
      $0.initContainers = [Container(name: "init", image: "web:v1")]
    }
    world.schedule(
      .setImage(
        ObjectKey(.deployment, namespace: "default", name: "web"), container: nil,
        image: "web:v2"), at: ClusterRig.at(60))
    disturb(&world)
    world.run(until: 300)
    return world
  }

  /// What happened, without the faults themselves.
  private func happenings(_ world: borrowing World) -> [TimelineEntry] {
    world.timeline.filter { if case .fault = $0.happening { false } else { true } }
  }

  @Test func aDisturbanceThatTouchesNobodyLeavesEverythingAsItWas() {
    let plain = world()
    var change = BehaviourChange()
    change.errors = Ratio(ppm: 500_000)
    change.crashAfterReady = .seconds(1)
    change.neverReady = true
    change.startupFactor = Ratio(ppm: 3_000_000)
    let touched = world {
      $0.schedule(.behaviour(image: "nobody:*", change), at: ClusterRig.at(20))
      $0.schedule(.registry(image: "nobody:*", failing: true), at: ClusterRig.at(30))
      let absent = ObjectKey(.deployment, namespace: "default", name: "nobody")
      $0.schedule(.killPods(workload: absent, count: 3), at: ClusterRig.at(70))
      $0.schedule(
        .loadFactor(
          service: ObjectKey(.service, namespace: "default", name: "nobody"),
          Ratio(ppm: 9_000_000)), at: ClusterRig.at(80))
    }
    #expect(happenings(plain).count > 100)
    #expect(happenings(plain) == happenings(touched))
    #expect(touched.eventCount == plain.eventCount + 4)
    #expect(
      plain.traffic.tally(LoadID(0), from: .zero, to: .never)
        == touched.traffic.tally(LoadID(0), from: .zero, to: .never))
  }

  @Test func theSeedDecides() {
    let a = world()
    let b = world()
    #expect(a.digest == b.digest)
    #expect(happenings(a) == happenings(b))
  }
}

import ClusterAPI
import Kernel
import Testing
import Units

@testable import World

@Suite struct ProbeTests {
  @Test func readinessIsAskedForAtTheStartAndThenWithThePeriod() throws {
    var world = KubeletRig.world { $0.containers[0].readinessProbe = KubeletRig.probe(period: 10) }
    world.run(until: 60)
    let ready = try #require(world.readies.first)
    // The process listens after 2 s: the probes at its start fail, the next is 10 s later.
    let since = (ready - world.startedAt(0)).seconds
    #expect(since > 10 && since < 10.1)
    #expect(world.pods.views[0].ready)
  }

  @Test func withoutProbesAContainerIsReadyAtOnce() throws {
    var world = KubeletRig.world()
    world.run(until: 60)
    let ready = try #require(world.readies.first)
    #expect((ready - world.startedAt(0)).seconds < 0.1)
  }

  /// 54,000 probes; what is left is the control plane's.
  @Test func anHourOfHealthyProbesTakesNoEvent() {
    func events(probed: Bool) -> Int64 {
      var world = KubeletRig.world(replicas: 5) {
        guard probed else { return }
        $0.containers[0].readinessProbe = KubeletRig.probe(period: 1)
        $0.containers[0].livenessProbe = KubeletRig.probe(period: 1)
        $0.containers[0].startupProbe = KubeletRig.probe(period: 1, failures: 30)
      }
      world.run(until: 60)
      #expect(world.pods.views.count { $0.ready } == 5)
      let before = world.eventCount
      world.run(until: 3660)
      return world.eventCount - before
    }
    #expect(events(probed: true) < 10)
    #expect(events(probed: false) < 10)
  }

  @Test func aStartupProbeThatRunsOutOfTriesRestartsTheContainer() {
    var world = KubeletRig.world(profiles: [
      KubeletRig.profile { $0.startup = .constant(.seconds(20)) }
    ]) {
      $0.containers[0].startupProbe = KubeletRig.probe(period: 1, failures: 5)
      $0.containers[0].livenessProbe = KubeletRig.probe(period: 1, failures: 1)
    }
    world.run(until: 300)
    #expect(world.kills(.startup).count > 3)
    #expect(world.kills(.liveness).isEmpty)
    #expect(world.readies.isEmpty)
    #expect(world.pods.views[0].restarts > 2)
  }

  @Test func aStartupProbeWithEnoughTriesKeepsLivenessWaiting() {
    var world = KubeletRig.world(profiles: [
      KubeletRig.profile { $0.startup = .constant(.seconds(20)) }
    ]) {
      $0.containers[0].startupProbe = KubeletRig.probe(period: 1, failures: 25)
      $0.containers[0].livenessProbe = KubeletRig.probe(period: 1, failures: 1)
    }
    world.run(until: 300)
    #expect(world.exits.isEmpty)
    #expect(world.readies.count == 1)
  }

  @Test func livenessKillsAProcessThatIsSlowToStart() throws {
    var world = KubeletRig.world(profiles: [
      KubeletRig.profile { $0.startup = .constant(.seconds(60)) }
    ]) { $0.containers[0].livenessProbe = KubeletRig.probe(period: 10, failures: 3) }
    world.run(until: 600)
    let kills = world.kills(.liveness)
    #expect(kills.count > 4)
    // Three ticks, the first of them within ten seconds of the start.
    let first = try #require(kills.first)
    #expect(first < ClusterRig.at(40))
    // Restarts wait 0 s, 10 s, 20 s, 40 s.
    let waits = world.timeline.compactMap {
      if case .crashLoopBackOff(_, let wait) = $0.happening { wait.seconds } else { nil }
    }
    #expect(waits.prefix(3) == [10, 20, 40])
  }

  @Test func anImageThatIsNeverReadyAnyMoreMakesItsPodsUnready() {
    var world = KubeletRig.world(replicas: 2) {
      $0.containers[0].readinessProbe = KubeletRig.probe(period: 5)
    }
    var change = BehaviourChange()
    change.neverReady = true
    world.schedule(.behaviour(image: "web:*", change), at: ClusterRig.at(100))
    change.neverReady = false
    world.schedule(.behaviour(image: "web:*", change), at: ClusterRig.at(200))
    world.run(until: 99)
    #expect(world.pods.views.allSatisfy { $0.ready })
    world.run(until: 199)
    #expect(world.pods.views.allSatisfy { !$0.ready && $0.restarts == 0 })
    world.run(until: 299)
    #expect(world.pods.views.allSatisfy { $0.ready })
    let failures = world.times {
      if case .probeFailed(_, .readiness, timedOut: false) = $0 { true } else { false }
    }
    #expect(failures.count == 2)
  }
}

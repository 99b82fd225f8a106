import ClusterAPI
import Kernel
import Testing
import Units

@testable import World

/// A probe passes through the pod's own queue.
@Suite struct OverloadTests {
  /// Each pod serves 10 requests a second, one after another.
  private func world(
    rate: Int64, seed: UInt64 = 1, replicas: Int = 3, to: Int64? = nil,
    handler: Probe.Handler = .httpGet(path: "/", port: .int(80), scheme: "HTTP")
  ) -> World {
    var load = KubeletRig.load(rate, to: to)
    load.timeout = .seconds(60)
    let profile = KubeletRig.profile {
      $0.serviceTime = .constant(.milliseconds(100))
      $0.concurrency = 1
      $0.shutdown = .milliseconds(100)
      $0.drainsOnTerm = false
    }
    return KubeletRig.world(
      seed: seed, replicas: replicas, profiles: [profile], loads: [load]
    ) {
      $0.containers[0].livenessProbe = KubeletRig.probe(period: 5, failures: 3, handler: handler)
    }
  }

  @Test func anOverloadedPodTimesOutItsLivenessProbeAndTheOthersFollow() throws {
    var world = world(rate: 45)
    world.run(until: 240)
    let kills = world.kills(.liveness)
    #expect(kills.count > 6)
    let pods = Set(
      world.timeline.compactMap {
        if case .containerKilled(let pod, .liveness) = $0.happening { pod } else { nil }
      })
    #expect(pods.count == 3, "every pod goes down, one after another")
    #expect(
      world.times {
        if case .probeFailed(_, .liveness, timedOut: true) = $0 { true } else { false }
      }.count == kills.count)
    // The queue has to grow to ten requests, and three probes have to time out.
    let first = try #require(kills.first)
    #expect(first > ClusterRig.at(40))
  }

  @Test func aBusyPodThatKeepsUpIsLeftAlone() {
    var world = world(rate: 24)
    world.run(until: 240)
    #expect(world.exits.isEmpty)
    let tally = world.traffic.tally(LoadID(0), from: .zero, to: .never)
    #expect(tally.requests > 4000)
    #expect(tally.failed == 0)
  }

  @Test func aCommandDoesNotWaitInTheQueue() {
    var world = world(rate: 45, handler: .exec(command: ["true"]))
    world.run(until: 240)
    #expect(world.exits.isEmpty)
  }

  @Test func theCascadeEndsWithTheLoad() {
    var world = world(rate: 45, to: 100)
    world.run(until: 600)
    #expect(!world.kills(.liveness).isEmpty)
    #expect(world.pods.views.allSatisfy { $0.ready })
    #expect(world.kills(.liveness).allSatisfy { $0 < ClusterRig.at(200) })
    // Probes are passed over again: 2,160 of them.
    let before = world.eventCount
    world.run(until: 4200)
    #expect(world.eventCount - before < 100)
  }

  @Test func aCPULimitThatIsUsedUpTimesOutProbesToo() {
    let profile = KubeletRig.profile {
      $0.serviceTime = .constant(.milliseconds(5))
      $0.concurrency = 10_000
      $0.cpuPerRequest = .milliseconds(10)
      $0.drainsOnTerm = false
    }
    var load = KubeletRig.load(30)
    load.timeout = .seconds(60)
    var world = KubeletRig.world(profiles: [profile], loads: [load]) {
      $0.containers[0].livenessProbe = KubeletRig.probe(period: 5)
      $0.containers[0].resources.limits = ["cpu": Quantity(milli: 200)]
    }
    world.run(until: 200)
    #expect(!world.kills(.liveness).isEmpty)
  }

  @Test func aForkInTheCascadeGivesTheDigestOfTheUnforkedRun() {
    var whole = world(rate: 45)
    whole.run(until: 150)
    for second in [31, 44, 47, 52, 53, 61, 90] as [Int64] {
      var first = world(rate: 45)
      first.run(until: second)
      var fork = first.fork()
      fork.run(until: 150)
      #expect(fork.digest == whole.digest, "forked at \(second) s")
      first.run(until: 150)
      #expect(first.digest == whole.digest, "went on at \(second) s")
    }
  }
}

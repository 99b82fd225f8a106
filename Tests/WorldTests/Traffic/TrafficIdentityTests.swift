import Kernel
import Testing
import Units

@testable import World

/// The same inputs give the same run, and what concerns nobody else changes nobody else's draws.
@Suite struct TrafficIdentityTests {
  let behaviour = ServerBehaviour(
    serviceTime: .lognormal(median: .milliseconds(8), p99: .milliseconds(60)), concurrency: 2,
    queueLimit: 20, errors: Ratio(ppm: 10_000), cpuPerRequest: .milliseconds(2),
    memory: MemoryProfile(base: .mebi(64), leakPerRequest: .kibi(32)))

  private func rig(seed: UInt64 = 3) -> TrafficRig {
    var rig = TrafficRig(seed: seed)
    for pod in 0..<4 {
      rig.addPod(pod, behaviour, cpu: MilliCPU(800), memory: .mebi(80))
    }
    _ = rig.addLoad(rate: 600, to: [0, 1, 2, 3]) {
      $0.balancing = .leastRequest
      $0.timeout = .milliseconds(150)
      $0.retries = 2
    }
    _ = rig.addLoad("api", rate: 100, to: [1, 2])
    return rig
  }

  private func finish(_ rig: inout TrafficRig) {
    rig.run(until: 5)
    rig.traffic.killServer(PodID(1), &rig.queue)
    rig.run(until: 6)
    if !rig.traffic.servers[1].alive {
      rig.addPod(1, behaviour, cpu: MilliCPU(800), memory: .mebi(80))
    }
    rig.run(until: 10)
  }

  @Test func sameSeedSameDigestAnotherSeedAnother() {
    var a = rig()
    var b = rig()
    var c = rig(seed: 4)
    a.traffic.start(&a.queue)
    b.traffic.start(&b.queue)
    c.traffic.start(&c.queue)
    finish(&a)
    finish(&b)
    finish(&c)
    #expect(a.digest == b.digest)
    #expect(a.digest != c.digest)
    for load in [LoadID(0), LoadID(1)] {
      #expect(a.traffic.series(load) == b.traffic.series(load))
    }
    // The run shows what it should be able to show.
    let tally = a.total(LoadID(0))
    #expect(tally.ok > 0 && tally.retried > 0 && tally.timeout > 0)
    #expect(a.effects.contains { if case .outOfMemory = $0 { true } else { false } })
  }

  @Test func aForkGoesTheSameWayAndDisturbsNothing() {
    var whole = rig()
    whole.traffic.start(&whole.queue)
    finish(&whole)
    for instant in [1, 777_777_777, 2_345_678_901, 4_999_999_999] as [Int64] {
      var original = rig()
      original.traffic.start(&original.queue)
      original.run(until: Instant(ns: instant))
      var fork = original.fork()
      finish(&fork)
      finish(&original)
      #expect(fork.digest == whole.digest)
      #expect(original.digest == whole.digest)
      #expect(fork.traffic.series(LoadID(0)) == whole.traffic.series(LoadID(0)))
    }
  }

  @Test func anotherLoadOrPodChangesNoDrawOfThisLoad() {
    func series(_ change: (inout TrafficRig) -> Void, load: Int = 0) -> [Tally] {
      var rig = TrafficRig(seed: 5)
      change(&rig)
      rig.traffic.start(&rig.queue)
      rig.run(until: 10)
      return rig.traffic.series(LoadID(load))
    }
    func web(_ rig: inout TrafficRig) {
      rig.addPod(0, behaviour)
      rig.addPod(1, behaviour)
      _ = rig.addLoad(rate: 100, to: [0, 1])
    }
    let alone = series { web(&$0) }
    let podMore = series {
      web(&$0)
      $0.addPod(2, behaviour)
    }
    let loadMore = series {
      web(&$0)
      $0.addPod(2, behaviour)
      _ = $0.addLoad("api", rate: 300, to: [2])
    }
    let loadBefore = series(
      {
        $0.addPod(2, behaviour)
        _ = $0.addLoad("api", rate: 300, to: [2])
        web(&$0)
      }, load: 1)
    #expect(alone == podMore)
    #expect(alone == loadMore)
    #expect(alone == loadBefore)
    #expect(alone != loadMore.map { _ in Tally() })
  }

  @Test func aPodMoreAmongTheEndpointsChangesNoArrivalAndNoServiceTime() {
    func total(_ pods: [Int]) -> Tally {
      var rig = TrafficRig(seed: 6)
      for pod in pods {
        rig.addPod(
          pod,
          ServerBehaviour(
            serviceTime: .exponential(mean: .milliseconds(10)), concurrency: 1000))
      }
      let load = rig.addLoad(rate: 200, to: pods)
      rig.traffic.start(&rig.queue)
      rig.run(until: 10)
      return rig.total(load)
    }
    // Nobody waits, so that latencies are the drawn service times.
    #expect(total([0, 1]) == total([0, 1, 2]))
  }
}

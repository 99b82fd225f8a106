import Kernel
import Testing
import Units
import World

@Suite struct TrafficResourceTests {
  @Test func throughputIsBoundedByTheCPULimit() {
    var rig = TrafficRig()
    let behaviour = ServerBehaviour(
      serviceTime: .constant(.milliseconds(1)), concurrency: 16, queueLimit: 100,
      cpuPerRequest: .milliseconds(2))
    rig.addPod(0, behaviour, cpu: MilliCPU(500))
    let load = rig.addLoad(rate: 1000, to: [0]) { $0.timeout = nil }
    rig.traffic.start(&rig.queue)
    rig.run(until: 20)
    // 0.5 cores / 2 ms = 250 requests per second; the rest finds the queue full.
    let ok = rig.traffic.tally(
      load, from: Instant(ns: 5_000_000_000), to: Instant(ns: 20_000_000_000)
    ).ok
    #expect(abs(ok - 15 * 250) <= 1)
    #expect(rig.total(load).overflow > 10_000)
    let used = rig.traffic.cpuTime(PodID(0), at: Instant(ns: 20_000_000_000))
    #expect(abs(used.seconds - 10) < 0.05)
    // Twice the limit, twice the throughput.
    rig.traffic.setCPURate(PodID(0), MilliCPU(1000))
    rig.run(until: 40)
    let more = rig.traffic.tally(
      load, from: Instant(ns: 25_000_000_000), to: Instant(ns: 40_000_000_000)
    ).ok
    #expect(abs(more - 15 * 500) <= 1)
  }

  @Test func slowdownMultipliesTheServiceTime() {
    var rig = TrafficRig(hop: .zero)
    var behaviour = ServerBehaviour(serviceTime: .constant(.milliseconds(10)))
    behaviour.slowdown = Ratio(ppm: 5_000_000)
    rig.addPod(0, behaviour)
    let load = rig.addLoad(rate: 10, to: [0]) { $0.poisson = false }
    rig.traffic.start(&rig.queue)
    rig.run(until: 2)
    #expect(rig.total(load).meanLatency == .milliseconds(50))
  }

  @Test func aLeakEndsOutOfMemory() {
    var rig = TrafficRig(hop: .zero)
    let memory = MemoryProfile(
      base: .mebi(64), perRequestInFlight: .mebi(1), leakPerRequest: .mebi(2))
    let behaviour = ServerBehaviour(
      serviceTime: .constant(.milliseconds(10)), memory: memory)
    rig.addPod(0, behaviour, memory: .mebi(128))
    let load = rig.addLoad(rate: 10, to: [0]) { $0.poisson = false }
    rig.traffic.start(&rig.queue)
    rig.run(until: 10)
    // 64 MiB of room: after 32 leaks all is full, and the next request in flight is too much.
    #expect(rig.effects == [.outOfMemory(PodID(0))])
    #expect(rig.total(load).ok == 32 && rig.total(load).reset == 1)
    #expect(rig.traffic.memory(PodID(0)) == .mebi(64))
  }

  @Test func memoryWithinTheLimitIsLeftAlone() {
    var rig = TrafficRig(hop: .zero)
    let memory = MemoryProfile(base: .mebi(64), perRequestInFlight: .mebi(64))
    rig.addPod(
      0, ServerBehaviour(serviceTime: .constant(.milliseconds(10)), memory: memory),
      memory: .mebi(128))
    let load = rig.addLoad(rate: 10, to: [0]) { $0.poisson = false }
    rig.traffic.start(&rig.queue)
    rig.run(until: 10)
    #expect(rig.effects.isEmpty)
    #expect(rig.total(load).ok == 99 - 0)
  }

  @Test func roundRobinIsEvenAndLeastRequestPrefersTheIdle() {
    for balancing in Balancing.allCases {
      var rig = TrafficRig()
      let slow = ServerBehaviour(serviceTime: .constant(.milliseconds(100)), concurrency: 100)
      let fast = ServerBehaviour(serviceTime: .constant(.milliseconds(10)), concurrency: 100)
      rig.addPod(0, slow, revision: 1)
      rig.addPod(1, fast, revision: 2)
      let load = rig.addLoad(rate: 500, to: [0, 1]) {
        $0.balancing = balancing
        $0.gateways = 1
      }
      rig.traffic.start(&rig.queue)
      rig.run(until: 20)
      let first = rig.traffic.tally(load, revision: 1, from: .zero, to: .never).ok
      let second = rig.traffic.tally(load, revision: 2, from: .zero, to: .never).ok
      let share = Double(first) / Double(first + second)
      switch balancing {
      case .random: #expect(abs(share - 0.5) < 0.02)
      case .roundRobin: #expect(abs(share - 0.5) < 0.005)
      // Of two draws from two pods, one half are the same pod: the slow one still gets a quarter.
      case .leastRequest: #expect(share > 0.24 && share < 0.35)
      }
    }
  }
}

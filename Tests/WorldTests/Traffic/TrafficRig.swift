import ClusterAPI
import Kernel
import Units

@testable import World

/// Traffic alone with its queue: what the world around it does is done by the test.
struct TrafficRig: ~Copyable {
  var traffic: Traffic
  var queue = EventQueue()
  var digest = TraceDigest()
  var effects: [TrafficEffect] = []
  var events = 0
  /// Kills what runs out of memory.
  var kills = true

  init(seed: UInt64 = 1, interval: Span = .seconds(1), hop: Span = .microseconds(250)) {
    traffic = Traffic(seed: seed, interval: interval, hop: hop)
  }

  func fork() -> TrafficRig {
    var copy = TrafficRig()
    copy.traffic = traffic.fork()
    copy.queue = queue.fork()
    copy.digest = digest
    copy.effects = effects
    copy.events = events
    return copy
  }

  mutating func run(until limit: Instant) {
    while let (event, at) = queue.pop(before: limit) {
      let effect = traffic.handle(event, at: at, &queue)
      if effect == .stale { continue }
      events += 1
      digest.absorb(UInt64(bitPattern: at.ns), event.raw)
      if effect != .none { effects.append(effect) }
      if kills, case .outOfMemory(let pod) = effect { traffic.killServer(pod, &queue) }
    }
  }

  /// Lets the first event of a far future move the clock: as the world's own events would.
  mutating func run(until limit: Int64) { run(until: Instant(ns: limit * 1_000_000_000)) }

  mutating func addPod(
    _ pod: Int, _ behaviour: ServerBehaviour, cpu: MilliCPU? = nil, memory: Bytes? = nil,
    revision: UInt32 = 0
  ) {
    traffic.addServer(
      PodID(pod), behaviour: behaviour, cpuRate: cpu, memoryLimit: memory, revision: revision)
    traffic.setAccepting(PodID(pod), true)
  }

  /// Adds a load whose gateways all see the given pods.
  mutating func addLoad(
    _ name: String = "web", rate: Int64, to pods: [Int],
    change: (inout LoadSpec) -> Void = { _ in }
  ) -> LoadID {
    var spec = LoadSpec(
      service: ObjectKey(.service, namespace: "shop", name: name),
      curve: .constant(milliRate: rate * 1000))
    change(&spec)
    let load = traffic.addLoad(spec)
    for gateway in 0..<spec.gateways {
      traffic.setEndpoints(load, gateway: gateway, ready: pods.map { PodID($0) })
    }
    return load
  }

  func total(_ load: LoadID) -> Tally {
    traffic.tally(load, from: .zero, to: Instant(ns: 1 << 50))
  }
}

import Kernel
import Testing
import Units
import World

/// The mean wait agrees with queueing theory, within a 99 % interval from independent seeds.
///
/// Seeds are fixed, so the outcome is too; the interval must also be narrow enough to mean something.
@Suite struct QueueingTheoryTests {
  static let mean = 0.01
  static let seeds = 8
  /// Student's t for 7 degrees of freedom, 99 % two-sided.
  static let student = 3.499

  /// Utilisation, and requests for each seed: more where waits are more correlated.
  static let loads: [(rho: Double, requests: Double)] = [
    (0.3, 6_000), (0.6, 10_000), (0.8, 16_000), (0.9, 30_000), (0.95, 60_000),
  ]

  @Test(arguments: loads) func singleServerExponential(_ load: (rho: Double, requests: Double)) {
    let wait = load.rho * Self.mean / (1 - load.rho)
    check(load, servers: 1, service: .exponential(mean: .milliseconds(10)), theory: wait)
  }

  /// Erlang's formula; few wait at low load, so it takes more requests to see as much.
  @Test(arguments: loads) func severalServers(_ load: (rho: Double, requests: Double)) {
    let servers = 4
    let offered = load.rho * Double(servers)
    var term = 1.0
    var sum = 0.0
    for k in 0..<servers {
      sum += term
      term *= offered / Double(k + 1)
    }
    let waiting = term / (1 - load.rho) / (sum + term / (1 - load.rho))
    let wait = waiting * Self.mean / (Double(servers) * (1 - load.rho))
    let requests = load.rho < 0.5 ? load.requests * 8 : load.requests
    check(
      (load.rho, requests), servers: servers, service: .exponential(mean: .milliseconds(10)),
      theory: wait)
  }

  /// Pollaczek and Khinchine, with a service time of coefficient of variation 0.33.
  @Test(arguments: loads) func singleServerGeneral(_ load: (rho: Double, requests: Double)) {
    let service = Distribution.uniform(
      low: .microseconds(4_226), high: .microseconds(15_774))
    let squared = 11.548 * 11.548 / 12 / 100
    let wait = load.rho * Self.mean * (1 + squared) / 2 / (1 - load.rho)
    check(load, servers: 1, service: service, theory: wait)
  }

  /// A constant CPU demand beside no other work: the CPU itself is an M/D/1 server.
  @Test func theCPUIsAServerOfItsOwn() {
    let rho = 0.8
    let waits = (0..<Self.seeds).map { seed in
      var rig = TrafficRig(seed: UInt64(seed) + 200, hop: .zero)
      rig.addPod(
        0,
        ServerBehaviour(
          serviceTime: .constant(.zero), concurrency: 1 << 20,
          cpuPerRequest: .milliseconds(5)), cpu: MilliCPU(500))
      let load = rig.addLoad(rate: 80, to: [0]) { $0.timeout = nil }
      rig.traffic.start(&rig.queue)
      rig.run(until: 200)
      return rig.total(load).meanLatency!.seconds - Self.mean
    }
    expect(waits, rho * Self.mean / 2 / (1 - rho), "M/D/1 by CPU")
  }

  private func check(
    _ load: (rho: Double, requests: Double), servers: Int, service: Distribution, theory: Double
  ) {
    let rate = load.rho * Double(servers) / Self.mean
    let waits = (0..<Self.seeds).map { seed in
      var rig = TrafficRig(seed: UInt64(seed) + 100, hop: .zero)
      rig.addPod(
        0, ServerBehaviour(serviceTime: service, concurrency: servers, queueLimit: .max))
      let id = rig.addLoad(rate: 0, to: [0]) {
        $0.curve = .constant(milliRate: Int64(rate * 1000 + 0.5))
        $0.timeout = nil
      }
      rig.traffic.start(&rig.queue)
      let end = Int64(load.requests / rate)
      rig.run(until: end)
      let warm = Instant(ns: end / 10 * 1_000_000_000)
      let tally = rig.traffic.tally(id, from: warm, to: .never)
      return tally.meanLatency!.seconds - Self.mean
    }
    expect(waits, theory, "load \(load.rho)")
  }

  private func expect(_ waits: [Double], _ theory: Double, _ what: String) {
    let n = Double(waits.count)
    let mean = waits.reduce(0, +) / n
    let variance = waits.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / (n - 1)
    let half = Self.student * (variance / n).squareRoot()
    #expect(abs(mean - theory) < half, "\(what): mean wait \(mean) s, theory \(theory) s")
    #expect(half < 0.35 * theory, "\(what): the interval is \(half) s wide for \(theory) s")
  }
}

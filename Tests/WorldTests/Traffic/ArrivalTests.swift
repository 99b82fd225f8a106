import Kernel
import Testing
import Units

@testable import World

@Suite struct ArrivalTests {
  static func at(_ seconds: Int64, _ rate: Int64) -> LoadCurve.Point {
    LoadCurve.Point(at: Instant(ns: seconds * 1_000_000_000), milliRate: rate * 1000)
  }

  /// Ramp up, hold, ramp down to nothing, silence, a step.
  static let curve = LoadCurve(points: [
    at(0, 0), at(10, 200), at(20, 200), at(30, 0), at(40, 0), at(40, 50), at(50, 50), at(50, 0),
  ])

  private func arrivals(poisson: Bool, seed: UInt64 = 1) -> [Int64] {
    var rig = TrafficRig(seed: seed)
    let load = rig.addLoad(rate: 0, to: []) {
      $0.curve = Self.curve
      $0.poisson = poisson
    }
    rig.traffic.start(&rig.queue)
    rig.run(until: 100)
    let isOver = rig.queue.isEmpty
    #expect(isOver)
    return rig.traffic.series(load).map(\.arrived)
  }

  @Test func evenArrivalsFollowTheIntegral() {
    let counts = arrivals(poisson: false)
    var total: Int64 = 0
    for (second, count) in counts.enumerated() {
      total += count
      let t = Double(second + 1)
      let expected =
        switch t {
        case ...10: 10 * t * t
        case ...20: 1000 + 200 * (t - 10)
        case ...30: 4000 - 10 * (30 - t) * (30 - t)
        case ...40: 4000.0
        default: min(4000 + 50 * (t - 40), 4500)
        }
      #expect(abs(Double(total) - expected) <= 1, "until second \(second + 1)")
    }
    #expect(total == 4500 || total == 4499)
  }

  @Test func poissonArrivalsHaveTheIntegralAsMeanAndVariance() {
    let totals = (0..<60).map { seed in
      Double(arrivals(poisson: true, seed: seed).reduce(0, +))
    }
    let mean = totals.reduce(0, +) / 60
    let variance = totals.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / 59
    // Three standard errors.
    #expect(abs(mean - 4500) < 3 * (4500.0 / 60).squareRoot())
    #expect(abs(variance / 4500 - 1) < 3 * (2.0 / 59).squareRoot())
  }

  @Test func theIntegralIsExact() {
    let arrivals = Arrivals(Self.curve)
    func integral(_ from: Int64, _ to: Int64) -> Double {
      arrivals.integral(from: from * 1_000_000_000, to: to * 1_000_000_000)
    }
    #expect(abs(integral(0, 100) - 4500) < 1e-6)
    #expect(abs(integral(5, 10) - 750) < 1e-6)
    #expect(abs(integral(25, 45) - 500) < 1e-6)
    #expect(integral(30, 40) == 0)
  }

  @Test func aFactorScalesTheRateFromItsMomentOn() {
    var rig = TrafficRig()
    let load = rig.addLoad(rate: 100, to: []) { $0.poisson = false }
    rig.traffic.start(&rig.queue)
    rig.run(until: 10)
    rig.traffic.setFactor(load, Ratio(ppm: 3_000_000), &rig.queue)
    rig.run(until: 20)
    rig.traffic.setFactor(load, .zero, &rig.queue)
    rig.run(until: 30)
    let isOver = rig.queue.isEmpty
    #expect(isOver)
    let counts = rig.traffic.series(load).map(\.arrived)
    #expect(abs(counts[0...9].reduce(0, +) - 1000) <= 2)
    #expect(abs(counts[10...19].reduce(0, +) - 3000) <= 2)
    #expect(counts.count == 20)
  }

  @Test func aFactorOfOneChangesNoArrival() {
    var plain = TrafficRig()
    var touched = TrafficRig()
    let a = plain.addLoad(rate: 100, to: [])
    let b = touched.addLoad(rate: 100, to: [])
    plain.traffic.start(&plain.queue)
    touched.traffic.start(&touched.queue)
    plain.run(until: 10)
    for second in 1...10 {
      touched.run(until: Int64(second))
      touched.traffic.setFactor(b, .one, &touched.queue)
    }
    #expect(plain.traffic.series(a).map(\.arrived) == touched.traffic.series(b).map(\.arrived))
  }

  @Test func bucketsTileTheLatencies() {
    for index in 0..<LatencyBuckets.count {
      let low = LatencyBuckets.lowerBound(index)
      let high = LatencyBuckets.lowerBound(index + 1)
      #expect(LatencyBuckets.index(low) == index)
      #expect(LatencyBuckets.index(high - Span(ns: 1)) == index)
      if index > 0 && index < LatencyBuckets.count - 1 {
        #expect((high - low).ns * 16 <= low.ns)
      }
    }
  }
}

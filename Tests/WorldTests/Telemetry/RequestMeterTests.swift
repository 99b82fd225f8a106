import Testing
import Units

@testable import World

@Suite struct RequestMeterTests {
  private let second: Int64 = 1_000_000_000

  private func meter() -> RequestMeter {
    RequestMeter(.init(bounds: [.milliseconds(10), .milliseconds(100)]))
  }

  @Test func anObservationFallsIntoTheBucketOfItsBound() throws {
    var meter = meter()
    meter.advance(to: 1, interval: second)
    for latency in [0, 10, 11, 100, 101] as [Int64] { meter.observe(.ok, latency * 1_000_000) }
    meter.observe(.reset, 5_000_000)
    let rows = meter.allRows()
    let row = try #require(rows.indices.last.map { rows[$0] })
    #expect(row.count(.ok) == 5)
    #expect(row.sum(.ok) == 222_000_000)
    #expect([row.bucket(.ok, 0), row.bucket(.ok, 1)] == [2, 2])
    #expect(row.count(.reset) == 1)
    #expect(row.count(.serverError) == 0)
    #expect(row[.at] == second)
  }

  /// A kind that comes for the first time moves the others in their rows.
  @Test func rowsOfDifferentWidthsAreReadAsTheyWere() {
    var meter = meter()
    for (interval, outcome) in [RequestMeter.Observation.reset, .ok, .overflow].enumerated() {
      meter.advance(to: Int64(interval) * second, interval: second)
      meter.observe(outcome, 1)
    }
    let rows = meter.allRows()
    let counts = rows.indices.map { index in
      [RequestMeter.Observation.ok, .overflow, .reset].map { rows[index].count($0) }
    }
    #expect(counts == [[0, 0, 1], [1, 0, 1], [1, 1, 1]])
  }

  @Test func aProcessCountsFromItsOwnStart() {
    var meter = meter()
    meter.advance(to: 0, interval: second)
    meter.observe(.ok, 1)
    meter.observe(.ok, 1)
    meter.endProcess(at: second / 2, interval: second)
    meter.advance(to: 3 * second, interval: second)
    meter.observe(.ok, 1)
    let rows = meter.allRows()
    let from = Instant(ns: 2 * second)
    let own = rows.within(from, .never, ofProcess: true)
    #expect(own.map { $0.count(.ok) } == [0, 1])
    let all = rows.within(from, .never, ofProcess: false)
    #expect(all.map { $0.count(.ok) } == [0, 3])
  }

  @Test func busyIsTheTimeWithARequestInService() {
    var meter = meter()
    meter.advance(to: 0, interval: second)
    meter.use(cpu: 0, memory: 0, serving: 1, waiting: 0, at: second / 4)
    meter.use(cpu: 0, memory: 0, serving: 0, waiting: 0, at: second / 2)
    meter.advance(to: 5 * second, interval: second)
    meter.use(cpu: 0, memory: 0, serving: 3, waiting: 1, at: 5 * second + second / 2)
    let rows = meter.allRows()
    #expect(rows.indices.map { rows[$0][.busy] } == [second / 4, 3 * second / 4])
    #expect(
      GPUMetrics.utilization(rows, from: .zero, interval: .seconds(1)).map(\.value)
        == [0, 25, 0, 50, 100])
  }

  @Test func periodsAreThoseInWhichTheQuotaWasDrawnUpon() {
    var throttle = ThrottleMeter()
    let ms: Int64 = 1_000_000
    // 20 ms within one period, then 250 ms over four of which two are full.
    throttle.charge(from: 10 * ms, until: 30 * ms, delay: 0)
    throttle.charge(from: 290 * ms, until: 400 * ms, delay: 5 * ms)
    throttle.charge(from: 400 * ms, until: 540 * ms, delay: 7 * ms)
    throttle.settle(until: 450 * ms)
    #expect([throttle.periods, throttle.throttledPeriods] == [3, 1])
    throttle.settle(until: 1000 * ms)
    #expect([throttle.periods, throttle.throttledPeriods] == [5, 2])
    #expect(throttle.throttled == 12 * ms)
  }
}

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
    meter.open()
    for latency in [0, 10, 11, 100, 101] as [Int64] { meter.observe(.ok, latency * 1_000_000) }
    meter.observe(.reset, 5_000_000)
    meter.close(second)
    let row = meter.rows.row(0, since: .meter)
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
      meter.open()
      meter.observe(outcome, 1)
      meter.close(Int64(interval + 1) * second)
    }
    let counts = all(meter.rows, since: .meter).map { row in
      [RequestMeter.Observation.ok, .overflow, .reset].map { row.count($0) }
    }
    #expect(counts == [[0, 0, 1], [1, 0, 1], [1, 1, 1]])
  }

  private func all(_ rows: MeterRows, since origin: MeterRows.Origin) -> [MeterRow] {
    var (position, found): (Int, [MeterRow]) = (rows.start, [])
    while position < rows.end {
      found.append(rows.row(position, since: origin))
      position = rows.next(position)
    }
    return found
  }

  @Test func aProcessCountsFromItsOwnStart() {
    var meter = meter()
    let hasNothing = !meter.endProcess(at: 0)
    #expect(hasNothing)
    meter.open()
    meter.observe(.ok, 1)
    meter.observe(.ok, 1)
    let hasEnded = meter.endProcess(at: second / 2)
    #expect(hasEnded)
    meter.close(second)
    meter.open()
    meter.observe(.ok, 1)
    meter.close(4 * second)
    #expect(all(meter.rows, since: .process).map { $0.count(.ok) } == [2, 0, 1])
    #expect(all(meter.rows, since: .meter).map { $0.count(.ok) } == [2, 2, 3])
    #expect(all(meter.rows, since: .sandbox).map { $0.count(.ok) } == [2, 2, 3])
    // What was read is forgotten; the rest stays where it is.
    meter.forgetRows(before: meter.rows.next(0))
    #expect(all(meter.rows, since: .process).map { $0.count(.ok) } == [0, 1])
  }

  @Test func aSandboxCountsOverItsProcesses() {
    var meter = meter()
    for interval in 1...3 as ClosedRange<Int64> {
      meter.open()
      meter.observe(.ok, 1)
      _ = meter.endProcess(at: interval * second)
      if interval == 2 { meter.endSandbox() }
    }
    #expect(all(meter.rows, since: .sandbox).map { $0.count(.ok) } == [1, 2, 1])
    #expect(all(meter.rows, since: .process).map { $0.count(.ok) } == [1, 1, 1])
    #expect(all(meter.rows, since: .meter).map { $0.count(.ok) } == [1, 2, 3])
  }

  /// Nobody looks between two scrapes.
  @Test func onlyWhatAScrapeHasSeenIsWritten() {
    struct Written: MeterExporter {
      static var origin: MeterRows.Origin { .meter }
      var reader = MeterReader(
        ScrapeTimes(phase: 4000, interval: 15_000), from: .zero)
      var counts: [Int64] = []

      mutating func write(_ row: MeterRow, at: Int64, into store: inout TelemetryStore) {
        counts.append(row.count(.ok))
      }
    }
    var meter = meter()
    for interval in 1...20 as ClosedRange<Int64> {
      meter.open()
      meter.observe(.ok, 1)
      meter.close(interval * second)
    }
    let clock = TelemetryClock(epoch: 0)
    var store = TelemetryStore(scrapeInterval: .seconds(15), begin: 0, end: 3_000)
    var written = Written()
    let rows = meter.rows
    let waits = written.read(rows, before: .never, isOver: false, clock, into: &store)
    #expect(waits)
    #expect(written.counts == [4, 19])
    store.end = 34_000
    let stillWaits = written.read(rows, before: .never, isOver: false, clock, into: &store)
    #expect(!stillWaits)
    #expect(written.counts == [4, 19, 20])
  }

  @Test func busyIsTheTimeWithARequestInService() {
    var meter = meter()
    meter.open()
    meter.use(.init(cpu: 0, memory: 0, serving: 1, waiting: 0), at: second / 4)
    meter.use(.init(cpu: 0, memory: 0, serving: 0, waiting: 0), at: second / 2)
    meter.close(second)
    meter.open()
    meter.use(.init(cpu: 0, memory: 0, serving: 3, waiting: 1), at: 5 * second + second / 2)
    meter.close(6 * second)
    #expect(
      all(meter.rows, since: .meter).map { $0[.busy] } == [second / 4, 3 * second / 4])
    var use = DeviceUtilization(from: .zero, interval: .seconds(1))
    #expect(use.read(meter.rows).map(\.percent) == [25, 0, 50, 100])
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

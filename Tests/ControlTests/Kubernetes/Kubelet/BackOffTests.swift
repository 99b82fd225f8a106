import Control
import Testing
import Units

@Suite struct BackOffTests {
  @Test func crashLoopDoublesUpToFiveMinutes() {
    var backOff = CrashLoopBackOff()
    var now = Instant.zero
    var waits: [Int64] = []
    for _ in 0..<8 {
      let restart = backOff.restart(after: now)
      waits.append((restart - now).ns / 1_000_000_000)
      backOff.restarted(after: now, now: restart)
      now = restart
    }
    #expect(waits == [0, 10, 20, 40, 80, 160, 300, 300])
  }

  /// Exactly at the limit the past still counts; a nanosecond later it does not.
  @Test func aLongRunResetsTheBackOff() {
    var backOff = CrashLoopBackOff()
    backOff.restarted(after: .zero, now: .zero)
    let limit = Instant.zero + .seconds(600)
    #expect(backOff.restart(after: limit) == limit + .seconds(10))
    let later = limit + Span(ns: 1)
    #expect(backOff.restart(after: later) == later)
    backOff.restarted(after: later, now: later)
    #expect(backOff.entry?.delay == .seconds(10))
  }

  @Test func aPullIsHeldUntilTheDelayHasPassed() {
    var backOff = ImagePullBackOff()
    #expect(!backOff.isHeld(.zero))
    backOff.failed(.zero)
    let end = Instant.zero + .seconds(10)
    #expect(backOff.isHeld(end - Span(ns: 1)))
    #expect(!backOff.isHeld(end))
    #expect(backOff.nextPull(.zero + .seconds(3)) == end)
    #expect(backOff.nextPull(end) == end)
    backOff.failed(end)
    #expect(backOff.entry?.delay == .seconds(20))
  }
}

import ClusterAPI
import Control
import Testing
import Units

@Suite struct NodeLifecycleTests {
  private let monitor = NodeMonitor(period: .seconds(5), gracePeriod: .seconds(50))
  private let lease = NodeLease(first: .zero + .milliseconds(2500), interval: .seconds(10))

  @Test func aCrashIsFoundFortyToFiftyFiveSecondsLater() {
    var (least, most) = (Span.hours(1), Span.zero)
    for milliseconds in stride(from: Int64(100_000), to: 200_000, by: 37) {
      let crash = Instant.zero + .milliseconds(milliseconds)
      let renewal = lease.lastRenewal(before: crash)
      #expect(renewal <= crash && crash - renewal < .seconds(10))
      let found = monitor.expiry(lastRenewalSeen: renewal + .milliseconds(10)) - crash
      (least, most) = (min(least, found), max(most, found))
    }
    #expect(least >= .seconds(40) && least < .seconds(46))
    #expect(most <= .seconds(55) && most > .seconds(49))
  }

  @Test func checksAreOnTheMonitorsPeriod() {
    #expect(monitor.check(from: .zero + .seconds(10)) == .zero + .seconds(10))
    #expect(monitor.check(after: .zero + .seconds(10)) == .zero + .seconds(15))
    #expect(monitor.check(from: .zero + .milliseconds(10_001)) == .zero + .seconds(15))
    #expect(lease.lastRenewal(before: .zero + .seconds(2)) == .zero)
    #expect(lease.lastRenewal(before: .zero + .milliseconds(12_500)).ns == 12_500_000_000)
  }

  @Test func tolerationsSayWhenAPodLeaves() {
    let lost = Taint(key: NodeTaints.unreachable, effect: .noExecute)
    let soft = Taint(key: NodeTaints.unreachable, effect: .noSchedule)
    func tolerates(_ seconds: Int64?) -> Toleration {
      Toleration(
        key: NodeTaints.unreachable, op: .exists, effect: .noExecute, tolerationSeconds: seconds)
    }
    #expect(TaintEviction(taints: [lost], tolerations: []) == .now)
    #expect(TaintEviction(taints: [soft], tolerations: []) == .never)
    #expect(TaintEviction(taints: [lost], tolerations: [tolerates(nil)]) == .never)
    #expect(TaintEviction(taints: [lost], tolerations: [tolerates(30)]) == .after(.seconds(30)))
    #expect(TaintEviction(taints: [lost], tolerations: [tolerates(0)]) == .now)
    #expect(
      TaintEviction(taints: [lost], tolerations: DefaultTolerationSeconds.admitted([]))
        == .after(.seconds(300)))
    let maintenance = Taint(key: "maintenance", effect: .noExecute)
    let own = Toleration(key: "maintenance", op: .exists, tolerationSeconds: 20)
    #expect(
      TaintEviction(taints: [lost, maintenance], tolerations: [tolerates(30), own])
        == .after(.seconds(20)))
  }

  @Test func admissionAddsOnlyTheTolerationsThatAreMissing() {
    #expect(DefaultTolerationSeconds.admitted([]).count == 2)
    let own = Toleration(
      key: NodeTaints.unreachable, op: .exists, effect: .noExecute, tolerationSeconds: 30)
    let admitted = DefaultTolerationSeconds.admitted([own])
    #expect(admitted.map(\.tolerationSeconds) == [30, 300])
    #expect(admitted[1].key == NodeTaints.notReady)
    #expect(DefaultTolerationSeconds.admitted([Toleration(op: .exists)]).count == 1)
  }

  @Test func noExecuteComesAndGoesOnlyWhenItMay() {
    let hard = Taint(key: NodeTaints.unreachable, effect: .noExecute)
    let soft = Taint(key: NodeTaints.unreachable, effect: .noSchedule)
    func wanted(_ ready: Condition.Status, _ present: [Taint], _ may: Bool) -> [Taint] {
      NodeTaints.wanted(ready: ready, present: present, mayChangeNoExecute: may)
    }
    #expect(wanted(.unknown, [], false) == [soft])
    #expect(wanted(.unknown, [soft], true) == [soft, hard])
    #expect(wanted(.yes, [soft, hard], false) == [hard])
    #expect(wanted(.yes, [hard], true) == [])
    #expect(wanted(.no, [], true).map(\.key) == [NodeTaints.notReady, NodeTaints.notReady])
  }

  @Test func aDisruptedZoneIsEvictedSlowerOrNotAtAll() {
    #expect(ZoneDisruption(ready: 3, notReady: 0) == .normal)
    #expect(ZoneDisruption(ready: 1, notReady: 2) == .normal)
    #expect(ZoneDisruption(ready: 2, notReady: 3) == .partial)
    #expect(ZoneDisruption(ready: 3, notReady: 3) == .normal)
    #expect(ZoneDisruption(ready: 0, notReady: 1) == .full)
    #expect(ZoneDisruption.normal.interval(zoneSize: 3, everywhere: false) == .seconds(10))
    #expect(ZoneDisruption.partial.interval(zoneSize: 50, everywhere: false) == nil)
    #expect(ZoneDisruption.partial.interval(zoneSize: 51, everywhere: false) == .seconds(100))
    #expect(ZoneDisruption.full.interval(zoneSize: 3, everywhere: false) == .seconds(10))
    #expect(ZoneDisruption.full.interval(zoneSize: 3, everywhere: true) == nil)
  }

  @Test func backOffDoublesUpToTenSeconds() {
    let seconds = (1...7).map { SchedulingBackOff.duration(attempts: $0).ns / 1_000_000_000 }
    #expect(seconds == [1, 2, 4, 8, 10, 10, 10])
    #expect(SchedulingBackOff.leftoverFlush(failed: .zero + .seconds(7)) == .zero + .seconds(330))
  }
}

import Kernel
import Testing
import Units
import World

@Suite struct TrafficTests {
  let quick = ServerBehaviour(serviceTime: .constant(.milliseconds(10)))

  @Test func everyRequestIsServedOnceByAHealthyPod() {
    var rig = TrafficRig()
    rig.addPod(0, quick)
    let load = rig.addLoad(rate: 100, to: [0]) { $0.poisson = false }
    rig.traffic.start(&rig.queue)
    rig.run(until: 10)
    let tally = rig.total(load)
    // One each 10 ms, the first after 10 ms; the last one still under way.
    #expect(tally.arrived == 999)
    #expect(tally.ok == 998 && tally.failed == 0)
    #expect(rig.events == 999 + 999 + 998)
    #expect(rig.traffic.requestsInFlight == 1)
    #expect(tally.latencyQuantile(.one)! >= Span(ns: 10_500_000))
    #expect(tally.latencyQuantile(.one)! < Span(ns: 11_200_000))
    #expect(rig.traffic.series(load).count == 10)
  }

  @Test func withoutEndpointsRequestsFailAtOnce() {
    var rig = TrafficRig()
    let load = rig.addLoad(rate: 50, to: []) { $0.poisson = false }
    rig.traffic.start(&rig.queue)
    rig.run(until: 1)
    #expect(rig.total(load).noEndpoints == 49)
    #expect(rig.total(load).errorRatio == .one)
    #expect(rig.traffic.errorRatio(load, from: .zero, to: .zero) == nil)
  }

  @Test func aPodThatDoesNotListenRefuses() {
    var rig = TrafficRig()
    rig.addPod(0, quick)
    rig.traffic.setAccepting(PodID(0), false)
    let load = rig.addLoad(rate: 50, to: [0, 1]) { $0.poisson = false }
    rig.traffic.start(&rig.queue)
    rig.run(until: 1)
    #expect(rig.total(load).refused == 49)
    #expect(rig.total(load).requests == 49)
  }

  @Test func aFullQueueOverflows() {
    var rig = TrafficRig(hop: .zero)
    rig.addPod(
      0,
      ServerBehaviour(serviceTime: .constant(.seconds(100)), concurrency: 2, queueLimit: 3))
    let load = rig.addLoad(rate: 10, to: [0]) {
      $0.poisson = false
      $0.timeout = nil
    }
    rig.traffic.start(&rig.queue)
    rig.run(until: 2)
    #expect(rig.traffic.serving(PodID(0)) == 2 && rig.traffic.waiting(PodID(0)) == 3)
    #expect(rig.total(load).overflow == 14)
  }

  @Test func clientsGiveUpInServiceAndInTheQueue() {
    var rig = TrafficRig(hop: .zero)
    rig.addPod(0, ServerBehaviour(serviceTime: .constant(.seconds(3)), concurrency: 1))
    let load = rig.addLoad(rate: 1, to: [0]) {
      $0.poisson = false
      $0.timeout = .seconds(2)
    }
    rig.traffic.start(&rig.queue)
    rig.run(until: 20)
    // Arrivals at 1, 2, ... 19. Each is served too long (3 s) or waits too long.
    let tally = rig.total(load)
    #expect(tally.ok == 0)
    #expect(tally.timeout == 17)
    #expect(tally.latencyQuantile(.one)! >= .seconds(2))
    #expect(tally.latencyQuantile(.one)! < Span.milliseconds(2_200))
    #expect(rig.traffic.waiting(PodID(0)) <= 2)
  }

  @Test func mixedPatienceIsKeptToTheInstant() {
    var rig = TrafficRig(hop: .zero)
    rig.addPod(0, ServerBehaviour(serviceTime: .constant(.seconds(100)), concurrency: 1))
    let patient = rig.addLoad("patient", rate: 1, to: [0]) {
      $0.poisson = false
      $0.timeout = .seconds(50)
    }
    let hasty = rig.addLoad("hasty", rate: 1, to: [0]) {
      $0.poisson = false
      $0.timeout = .seconds(1)
    }
    rig.traffic.start(&rig.queue)
    rig.run(until: 30)
    #expect(rig.total(patient).timeout == 0)
    #expect(rig.total(hasty).timeout == 28)
    #expect(rig.total(hasty).latencyQuantile(.one)! < .milliseconds(1_100))
  }

  @Test func retriesReachAnotherPod() {
    var once = TrafficRig()
    var thrice = TrafficRig()
    for pod in 0..<2 {
      once.addPod(pod, quick)
      thrice.addPod(pod, quick)
    }
    once.traffic.setAccepting(PodID(1), false)
    thrice.traffic.setAccepting(PodID(1), false)
    let a = once.addLoad(rate: 1000, to: [0, 1])
    let b = thrice.addLoad(rate: 1000, to: [0, 1]) { $0.retries = 3 }
    once.traffic.start(&once.queue)
    thrice.traffic.start(&thrice.queue)
    once.run(until: 20)
    thrice.run(until: 20)
    // One half fails, against one in sixteen.
    let share = once.total(a).errorRatio!.value
    let rest = thrice.total(b).errorRatio!.value
    #expect(abs(share - 0.5) < 0.02)
    #expect(abs(rest - 0.0625) < 0.01)
    #expect(thrice.total(b).retried > 15_000)
  }

  @Test func aKilledProcessResetsWhatItHad() {
    var rig = TrafficRig(hop: .zero)
    rig.addPod(0, ServerBehaviour(serviceTime: .constant(.seconds(5)), concurrency: 2))
    let load = rig.addLoad(rate: 1, to: [0]) {
      $0.poisson = false
      $0.timeout = .seconds(4)
    }
    rig.traffic.start(&rig.queue)
    rig.run(until: Instant(ns: 4_000_000_001))
    // Two are served and two wait; all of them are lost.
    rig.traffic.killServer(PodID(0), &rig.queue)
    #expect(rig.total(load).reset == 4)
    #expect(rig.traffic.isIdle(PodID(0)) == true)
    // The next ones find nobody; nothing of the dead ones is counted again.
    rig.run(until: 60)
    #expect(rig.total(load).reset == 4 && rig.total(load).ok == 0)
    #expect(rig.total(load).refused == 55 && rig.total(load).timeout == 0)
    #expect(rig.traffic.requestsInFlight == 0)
    // A restarted container serves again.
    rig.addPod(0, quick)
    rig.run(until: 70)
    #expect(rig.total(load).ok == 10)
  }

  @Test func aDrainingProcessServesWhatItHasAndRefusesTheRest() {
    var rig = TrafficRig(hop: .zero)
    rig.addPod(0, ServerBehaviour(serviceTime: .constant(.seconds(2)), concurrency: 1))
    let load = rig.addLoad(rate: 1, to: [0]) { $0.poisson = false }
    rig.traffic.start(&rig.queue)
    rig.run(until: Instant(ns: 2_500_000_000))
    rig.traffic.drainServer(PodID(0))
    #expect(rig.traffic.isIdle(PodID(0)) == false)
    rig.run(until: 9)
    #expect(rig.total(load).ok == 2 && rig.total(load).reset == 0)
    #expect(rig.total(load).refused == 6)
    #expect(rig.effects == [.idle(PodID(0))])
  }

  @Test func errorsAreDrawnAtTheirRate() {
    var rig = TrafficRig()
    rig.addPod(
      0,
      ServerBehaviour(
        serviceTime: .constant(.milliseconds(1)), errors: Ratio(ppm: 50_000)), revision: 7)
    let load = rig.addLoad(rate: 1000, to: [0])
    rig.traffic.start(&rig.queue)
    rig.run(until: 30)
    let tally = rig.total(load)
    #expect(abs(tally.errorRatio!.value - 0.05) < 0.005)
    let mine = rig.traffic.tally(
      load, revision: 7, from: .zero, to: Instant(ns: 100_000_000_000))
    #expect(mine.serverError == tally.serverError && mine.ok == tally.ok)
    #expect(rig.traffic.tally(load, revision: 8, from: .zero, to: .never) == Tally())
  }

  @Test func aProbeWaitsInThePodsQueue() {
    var rig = TrafficRig(hop: .zero)
    rig.addPod(0, ServerBehaviour(serviceTime: .constant(.seconds(3)), concurrency: 1))
    let load = rig.addLoad(rate: 1, to: [0]) { $0.poisson = false }
    rig.traffic.start(&rig.queue)
    rig.run(until: Instant(ns: 1_500_000_000))
    #expect(rig.traffic.probe(PodID(0), token: 9, &rig.queue) == true)
    #expect(rig.traffic.probe(PodID(1), token: 1, &rig.queue) == false)
    rig.run(until: Instant(ns: 3_999_999_999))
    #expect(rig.effects.isEmpty)
    rig.run(until: Instant(ns: 4_000_000_001))
    #expect(rig.effects == [.probeAnswered(PodID(0), token: 9)])
    #expect(rig.total(load).ok == 1)
  }
}

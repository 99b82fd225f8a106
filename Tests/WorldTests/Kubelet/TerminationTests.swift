import ClusterAPI
import Kernel
import Testing
import Units

@testable import World

@Suite struct TerminationTests {
  private let key = ObjectKey(.deployment, namespace: "default", name: "web")

  private struct Ended: ~Copyable {
    var seconds: Double
    var world: World
  }

  /// From the deletion at 60 s to the end of the only pod's object.
  private func took(
    requestsOf service: Span = .milliseconds(10), load: [LoadSpec] = [],
    _ change: (inout PodSpec) -> Void
  ) throws -> Ended {
    let profile = KubeletRig.profile { $0.serviceTime = .constant(service) }
    let patient = load.map { spec in
      var spec = spec
      spec.timeout = nil
      return spec
    }
    var world = KubeletRig.world(profiles: [profile], loads: patient, change)
    world.schedule(.scale(key, replicas: 0), at: ClusterRig.at(60))
    world.run(until: 200)
    let begun = try #require(
      world.first { if case .podTerminating = $0 { true } else { false } })
    let gone = try #require(world.gone.first)
    return Ended(seconds: (gone - begun).seconds, world: world)
  }

  @Test func anIdlePodGoesAfterItsShutdown() throws {
    #expect(try took { _ in }.seconds < 0.3)
  }

  @Test func preStopComesBeforeTerm() throws {
    let seconds = try took { $0.containers[0].preStop = .sleep(seconds: 7) }.seconds
    #expect(seconds > 7 && seconds < 7.3)
  }

  @Test func aProcessThatStillServesIsKilledAtTheEndOfTheGracePeriod() throws {
    // Its last request comes before 60 s and takes longer than the grace period.
    let ended = try took(
      requestsOf: .seconds(100), load: [KubeletRig.load(1, from: 50, to: 58)]
    ) { $0.terminationGracePeriodSeconds = 12 }
    #expect(ended.seconds > 12 && ended.seconds < 12.3)
    #expect(ended.world.kills(.gracePeriod).count == 1)
    #expect(ended.world.traffic.tally(LoadID(0), from: .zero, to: .never).reset > 0)
  }

  @Test func aPreStopAsLongAsTheGracePeriodLeavesTwoSeconds() throws {
    let ended = try took(
      requestsOf: .seconds(100), load: [KubeletRig.load(1, from: 50, to: 58)]
    ) {
      $0.terminationGracePeriodSeconds = 5
      $0.containers[0].preStop = .sleep(seconds: 60)
    }
    #expect(ended.seconds > 7 && ended.seconds < 7.3)
    #expect(ended.world.kills(.gracePeriod).count == 1)
  }

  @Test func aTerminatingPodGetsRequestsUntilTheProxiesHaveLearnt() throws {
    let load = KubeletRig.load(100, from: 40, to: 61)
    let patient = try took(load: [load]) { $0.containers[0].preStop = .sleep(seconds: 5) }
    let served = patient.world.traffic.tally(
      LoadID(0), from: ClusterRig.at(60), to: ClusterRig.at(61))
    #expect(served.ok > 10, "served while it terminates")
    #expect(served.refused == 0)
    let hasty = try took(load: [load]) { _ in }
    let refused = hasty.world.traffic.tally(
      LoadID(0), from: ClusterRig.at(60), to: ClusterRig.at(61)
    ).refused
    #expect(refused > 10)
  }

  @Test func aPodThatIsDeletedBeforeItRunsGoesToo() throws {
    var world = KubeletRig.world(profiles: [KubeletRig.profile { $0.pullable = false }])
    world.schedule(.scale(key, replicas: 0), at: ClusterRig.at(60))
    world.run(until: 62)
    #expect(world.gone.count == 1)
  }

  @Test func livenessDoesNotRestartWhatIsBeingEnded() throws {
    let ended = try took(
      requestsOf: .seconds(100), load: [KubeletRig.load(1, from: 50, to: 58)]
    ) {
      var probe = KubeletRig.probe(period: 1, failures: 1)
      probe.initialDelaySeconds = 5
      $0.containers[0].livenessProbe = probe
    }
    #expect(ended.world.kills(.liveness).isEmpty)
  }
}

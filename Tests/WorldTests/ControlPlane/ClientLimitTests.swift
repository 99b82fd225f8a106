import ClusterAPI
import Testing
import Units
import World

/// The API server's latency and the clients' own limits, as a cluster feels them.
@Suite struct ClientLimitTests {
  private func world(_ replicas: Int, _ change: (inout Latencies) -> Void = { _ in }) -> World {
    var options = ClusterRig.options(
      (0..<4).map { ClusterRig.node("n\($0)", cpu: 64) },
      [.deployment(ClusterRig.deployment(replicas: replicas, milliCPU: 10))])
    change(&options.latencies)
    return World(options)
  }

  private func seconds(_ world: inout World, _ matches: (Happening) -> Bool) -> [Double] {
    world.run(until: ClusterRig.at(60))
    return world.timeline.filter { matches($0.happening) }.map(\.at.seconds)
  }

  private func creations(_ world: inout World) -> [Double] {
    seconds(&world) { if case .podCreated = $0 { true } else { false } }
  }

  @Test func theLimitsAreKubernetesDefaults() {
    let latencies = Latencies()
    #expect(latencies.controllerQPS == 20 && latencies.controllerBurst == 30)
    #expect(latencies.schedulerQPS == 50 && latencies.schedulerBurst == 100)
  }

  @Test func controllersCreateThirtyAtOnceAndThenTwentyASecond() throws {
    var limited = world(200)
    let limitedTimes = creations(&limited)
    #expect(limitedTimes.count == 200)
    let took = try #require(limitedTimes.last)
    // 170 beyond the burst, and some writes of statuses between them.
    #expect(took > 170.0 / 20 && took < 230.0 / 20)
    var free = world(200) { ($0.controllerQPS, $0.controllerBurst) = (10_000, 10_000) }
    #expect(try #require(creations(&free).last) < 1)
  }

  @Test func theSchedulerBindsAHundredAtOnceAndThenFiftyASecond() throws {
    var limited = world(300) { ($0.controllerQPS, $0.controllerBurst) = (10_000, 10_000) }
    let times = seconds(&limited) { if case .podBound = $0 { true } else { false } }
    #expect(times.count == 300)
    let took = try #require(times.last) - #require(times.first)
    #expect(took > 3.8 && took < 5)
    var free = world(300) {
      ($0.controllerQPS, $0.controllerBurst) = (10_000, 10_000)
      ($0.schedulerQPS, $0.schedulerBurst) = (10_000, 10_000)
    }
    let quick = seconds(&free) { if case .podBound = $0 { true } else { false } }
    #expect(try #require(quick.last) - #require(quick.first) < 2)
  }

  @Test func everyRequestTakesItsTimeToTheServerAndBack() {
    var world = world(4) {
      $0.apiRequest = .seconds(1)
      ($0.watch, $0.watchJitter) = (.milliseconds(1), .zero)
    }
    let times = creations(&world).map { ($0 * 10).rounded() / 10 }
    // The ReplicaSet at 1 s; then batches of 1, 2 and 1 pods, each a second there and a second back.
    #expect(times == [2, 4, 4, 6])
  }

  @Test func aSlowMachineMakesEveryDelayLonger() {
    var world = world(4) {
      $0.apiRequest = .milliseconds(500)
      ($0.watch, $0.watchJitter) = (.milliseconds(1), .zero)
      // Twice as slow all the time.
      $0.slowness = Slowness([0.693_147_180_56], period: .seconds(1))
    }
    let times = creations(&world).map { ($0 * 10).rounded() / 10 }
    #expect(times == [2, 4, 4, 6])
  }
}

import ClusterAPI
import Kernel
import Testing
import Units

@testable import World

/// Three nodes, one Deployment behind a Service, 200 requests a second.
private func options(seed: UInt64 = 1, preStop: Int?) -> WorldOptions {
  var options = WorldOptions(seed: seed)
  let size: ResourceList = ["cpu": Quantity(8), "memory": Quantity(32 << 30)]
  options.nodes = (0..<3).map { NodeSpec(name: "n\($0)", allocatable: size) }
  options.objects = [
    .deployment(web("web:v1", preStop: preStop)),
    .service(Service(meta: ObjectMeta(name: "web"), selector: ["app": "web"])),
  ]
  var profile = ImageProfile(match: "web:*")
  profile.serviceTime = .exponential(mean: .milliseconds(20))
  options.profiles = [profile]
  options.loads = [
    LoadSpec(
      service: ObjectKey(.service, namespace: "default", name: "web"),
      curve: LoadCurve(points: [
        .init(at: .zero, milliRate: 0), .init(at: .zero + .seconds(30), milliRate: 0),
        .init(at: .zero + .seconds(30), milliRate: 200_000),
      ]))
  ]
  return options
}

private func web(_ image: String, preStop: Int?) -> Deployment {
  var container = Container(name: "web", image: image)
  var probe = Probe(handler: .httpGet(path: "/", port: .int(80), scheme: "HTTP"))
  probe.periodSeconds = 1
  container.readinessProbe = probe
  container.preStop = preStop.map { .sleep(seconds: $0) }
  let template = PodTemplate(labels: ["app": "web"], spec: PodSpec(containers: [container]))
  return Deployment(
    meta: ObjectMeta(name: "web"),
    spec: DeploymentSpec(
      replicas: 4, selector: LabelSelector(matchLabels: ["app": "web"]), template: template))
}

@Suite struct LoadedRolloutTests {
  private let change = Instant.zero + .seconds(60)
  private let end = Instant.zero + .seconds(150)

  private func run(seed: UInt64 = 1, preStop: Int?) -> World {
    var world = World(options(seed: seed, preStop: preStop))
    world.schedule(.apply(.deployment(web("web:v2", preStop: preStop))), at: change)
    world.run(until: end)
    return world
  }

  @Test func aSteadyServiceLosesNothing() {
    let world = run(preStop: 10)
    let before = world.traffic.tally(LoadID(0), from: .zero + .seconds(31), to: change)
    #expect(before.requests > 5000)
    #expect(before.failed == 0)
  }

  @Test func podsThatEndBeforeTheProxiesHaveLearntRefuseRequests() {
    let tally = run(preStop: nil).traffic.tally(LoadID(0), from: change, to: end)
    #expect(tally.refused > 0)
    #expect(tally.serverError == 0)
  }

  @Test func aPreStopSleepLongerThanThePropagationLosesNothing() {
    let tally = run(preStop: 10).traffic.tally(LoadID(0), from: change, to: end)
    #expect(tally.requests > 15_000)
    #expect(tally.failed == 0)
  }

  @Test func aForkUnderLoadGivesTheDigestOfTheUnforkedRun() {
    let whole = run(preStop: nil)
    for second in [31, 61, 63, 70, 90] {
      var world = World(options(preStop: nil))
      world.schedule(.apply(.deployment(web("web:v2", preStop: nil))), at: change)
      world.run(until: .zero + .seconds(Int64(second)))
      var fork = world.fork()
      fork.run(until: end)
      #expect(fork.digest == whole.digest, "forked at \(second) s")
    }
  }

  @Test func aVersionThatFailsRequestsShowsInTheErrorRatio() {
    var world = World(options(preStop: 10))
    var bad = BehaviourChange()
    bad.errors = Ratio(ppm: 50_000)
    world.schedule(.behaviour(image: "web:v2", bad), at: .zero + .seconds(50))
    world.schedule(.apply(.deployment(web("web:v2", preStop: 10))), at: change)
    world.run(until: end)
    let after = world.traffic.tally(LoadID(0), from: .zero + .seconds(120), to: end)
    let ratio = after.errorRatio?.value ?? 0
    #expect(ratio > 0.03 && ratio < 0.07)
  }

  @Test func aLeakEndsInOutOfMemory() {
    var options = options(preStop: 10)
    var deployment = web("web:v1", preStop: 10)
    deployment.spec.template.spec.containers[0].resources.limits = ["memory": Quantity(100 << 20)]
    options.objects[0] = .deployment(deployment)
    options.profiles[0].memory.leakPerRequest = .kibi(64)
    var world = World(options)
    world.run(until: end)
    let killed = world.timeline.count {
      if case .outOfMemory = $0.happening { return true }
      return false
    }
    #expect(killed >= 4)
    #expect(world.pods.views.contains { $0.restarts > 0 })
  }
}

import ClusterAPI
import Kernel
import Units
import World

/// The full model: 200 nodes, 20 Deployments of 100 pods behind Services, 20,000 requests a second,
/// and a rolling update of every Deployment.
///
/// The cluster starts and becomes ready first; the minute of the rollout is measured. What happens
/// to no effect (a time-out of a request that has been answered) is not counted as an event.
struct ClusterBenchmark: Benchmark {
  static let name = "cluster"
  static let usage = "<simulated seconds> [<requests per second>]"

  static let nodes = 200
  static let deployments = 20
  static let podsEach = 100

  private let seconds: Int64
  private let rate: Int64

  init(arguments: [String]) throws(BadArguments) {
    guard let first = arguments.first, let seconds = Int64(first), seconds > 0 else {
      throw BadArguments(reason: "the number of simulated seconds is needed")
    }
    self.seconds = seconds
    rate = arguments.count > 1 ? Int64(arguments[1]) ?? 20_000 : 20_000
  }

  func run() -> Measurement {
    let begin = Instant.zero + .seconds(120)
    let end = begin + .seconds(seconds)
    var world = prepared(begin: begin)
    world.run(until: begin)
    let before = count(world)
    let start = ThreadClock.nanoseconds
    ClusterBenchmark.measured(&world, until: end)
    let spent = ThreadClock.nanoseconds - start
    let after = count(world)
    let events = Int(after.events - before.events)
    let requests = Double(after.requests - before.requests)
    let millions = requests * 1e3 / Double(max(1, spent))
    let replaced = world.timeline.count {
      if case .podReady = $0.happening { $0.at > begin } else { false }
    }
    return Measurement(
      operations: events, nanoseconds: spent, check: String(world.digest.value, radix: 16),
      note: "\(millions) M requests/s, \(before.ready) pods ready at first, \(replaced) replaced, "
        + "\(events) events in \(spent / 1_000_000) ms")
  }

  /// Apart, so that a profiler can collect within it alone.
  @inline(never)
  private static func measured(_ world: inout World, until end: Instant) { world.run(until: end) }

  private func count(_ world: borrowing World) -> (events: Int64, requests: UInt64, ready: Int) {
    var requests: UInt64 = 0
    for load in 0..<world.traffic.loadCount { requests += world.traffic.nextRequest(LoadID(load)) }
    return (world.eventCount, requests, world.pods.views.count { $0.ready })
  }

  /// The cluster at its first instant; at `begin` every Deployment gets a new image.
  func prepared(begin: Instant) -> World {
    var world = World(options(loadFrom: begin - .seconds(1)))
    for index in 0..<ClusterBenchmark.deployments {
      world.schedule(.apply(.deployment(deployment(index, image: "shop:v2"))), at: begin)
    }
    return world
  }

  /// - Parameter loadFrom: when the clients begin.
  private func options(loadFrom: Instant) -> WorldOptions {
    var options = WorldOptions(seed: 1)
    let size: ResourceList = [
      "cpu": Quantity(16), "memory": Quantity(64 << 30), "pods": Quantity(110),
    ]
    options.nodes = (0..<ClusterBenchmark.nodes).map {
      NodeSpec(name: "node-\($0)", allocatable: size)
    }
    var profile = ImageProfile(match: "*")
    profile.serviceTime = .lognormal(median: .milliseconds(8), p99: .milliseconds(40))
    profile.concurrency = 4
    profile.errors = Ratio(ppm: 10_000)
    options.profiles = [profile]
    // So that 2,000 pods start, and are replaced, within a minute or two.
    options.latencies.controllerQPS = 200
    options.latencies.controllerBurst = 300
    for index in 0..<ClusterBenchmark.deployments {
      let name = "shop-\(index)"
      options.objects.append(.deployment(deployment(index, image: "shop:v1")))
      options.objects.append(
        .service(Service(meta: ObjectMeta(name: name), selector: ["app": name])))
      let each = rate * 1_000 / Int64(ClusterBenchmark.deployments)
      var load = LoadSpec(
        service: ObjectKey(.service, namespace: "default", name: name),
        curve: LoadCurve(points: [
          .init(at: .zero, milliRate: 0), .init(at: loadFrom, milliRate: 0),
          .init(at: loadFrom, milliRate: each),
        ]))
      load.balancing = .leastRequest
      load.retries = 1
      options.loads.append(load)
    }
    return options
  }

  private func deployment(_ index: Int, image: String) -> Deployment {
    let name = "shop-\(index)"
    var container = Container(name: "shop", image: image)
    var probe = Probe(handler: .httpGet(path: "/", port: .int(80), scheme: "HTTP"))
    probe.periodSeconds = 5
    container.readinessProbe = probe
    container.resources.requests = [
      "cpu": Quantity(milli: 500), "memory": Quantity(256 << 20),
    ]
    let template = PodTemplate(labels: ["app": name], spec: PodSpec(containers: [container]))
    let spec = DeploymentSpec(
      replicas: ClusterBenchmark.podsEach,
      selector: LabelSelector(matchLabels: ["app": name]), template: template)
    return Deployment(meta: ObjectMeta(name: name), spec: spec)
  }
}

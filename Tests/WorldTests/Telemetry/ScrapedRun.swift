import ClusterAPI
import Foundation
import Kernel
import PromQL
import Units

@testable import World

/// Ten minutes in which a Deployment is rolled out at 3:00, and another one's process crashes again and
/// again, both under load; with an object of most kinds that kube-state-metrics shows.
enum ScrapedRun {
  static let end = Instant.zero + .minutes(10)

  /// Of all metrics.
  static let store: TelemetryStore? = store(of: nil)

  /// - Parameter queries: what is going to be asked; nil: anything.
  static func store(of queries: [String]?) -> TelemetryStore? {
    var world = start(of: queries)
    world.run(until: end)
    world.scrape(through: end)
    return world.telemetry
  }

  /// At its first instant.
  static func start(of queries: [String]?) -> World {
    var options = options
    options.telemetry = TelemetryOptions(queries: queries)
    var world = World(options)
    world.schedule(
      .apply(.deployment(deployment("web", image: "shop/web:v2", replicas: 4))),
      at: .zero + .minutes(3))
    return world
  }

  private static var options: WorldOptions {
    var options = WorldOptions(seed: 11)
    let size: ResourceList = [
      "cpu": Quantity(8), "memory": Quantity(32 << 30), "pods": Quantity(110),
    ]
    options.nodes = (0..<3).map { NodeSpec(name: "node-\($0)", allocatable: size) }
    var web = ImageProfile(match: "shop/web:*")
    web.serviceTime = .lognormal(median: .milliseconds(20), p99: .milliseconds(400))
    web.errors = Ratio(ppm: 20_000)
    web.memory.perRequestInFlight = .mebi(1)
    var jobs = ImageProfile(match: "shop/jobs:*")
    jobs.crashAfterReady = .constant(.seconds(40))
    options.profiles = [web, jobs]
    options.objects = [
      .deployment(deployment("web", image: "shop/web:v1", replicas: 4)),
      .deployment(deployment("jobs", image: "shop/jobs:v1", replicas: 2)),
      .service(Service(meta: ObjectMeta(name: "web"), selector: ["app": "web"])),
      .service(Service(meta: ObjectMeta(name: "jobs"), selector: ["app": "jobs"])),
    ]
    options.loads = [load("web", milliRate: 60_000), load("jobs", milliRate: 8_000)]
    return options
  }

  private static func load(_ service: String, milliRate: Int64) -> LoadSpec {
    let begin = Instant.zero + .seconds(30)
    return LoadSpec(
      service: ObjectKey(.service, namespace: "default", name: service),
      curve: LoadCurve(points: [
        .init(at: .zero, milliRate: 0), .init(at: begin, milliRate: 0),
        .init(at: begin, milliRate: milliRate),
      ]))
  }

  private static func deployment(_ name: String, image: String, replicas: Int) -> Deployment {
    var container = Container(name: "app", image: image)
    var probe = Probe(handler: .httpGet(path: "/", port: .int(80), scheme: "HTTP"))
    probe.periodSeconds = 2
    container.readinessProbe = probe
    container.resources.requests = ["cpu": Quantity(milli: 500), "memory": Quantity(256 << 20)]
    let template = PodTemplate(labels: ["app": name], spec: PodSpec(containers: [container]))
    let spec = DeploymentSpec(
      replicas: replicas, selector: LabelSelector(matchLabels: ["app": name]), template: template)
    return Deployment(meta: ObjectMeta(name: name), spec: spec)
  }
}

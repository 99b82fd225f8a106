import ClusterAPI
import Kernel
import PromQL
import Units

@testable import World

/// A small cluster with one Deployment `web` behind a Service, and what Prometheus would see of it.
struct TelemetryRig {
  var options: WorldOptions
  var container = Container(name: "web", image: "web:v1")
  var sidecar = false
  var replicas = 2
  /// Requests per second from the 20th second on.
  var rate: Int64 = 20
  /// How long a client waits.
  var timeout = Span.seconds(5)
  var changes: [(at: Int64, change: Change)] = []
  var disturbances: [(at: Int64, disturbance: Disturbance)] = []

  init(seed: UInt64 = 1) {
    options = WorldOptions(seed: seed)
    let size: ResourceList = ["cpu": Quantity(8), "memory": Quantity(32 << 30)]
    options.nodes = [NodeSpec(name: "n0", allocatable: size)]
    options.telemetry = TelemetryOptions(scrapeInterval: .seconds(5))
    options.profiles = [ImageProfile(match: "web:*")]
  }

  var web: Deployment {
    var template = PodTemplate(labels: ["app": "web"], spec: PodSpec(containers: [container]))
    if sidecar { template.annotations["sidecar.istio.io/inject"] = "true" }
    return Deployment(
      meta: ObjectMeta(name: "web"),
      spec: DeploymentSpec(
        replicas: replicas, selector: LabelSelector(matchLabels: ["app": "web"]),
        template: template))
  }

  func world(until seconds: Int64) -> World {
    var options = options
    options.objects += [
      .deployment(web), .service(Service(meta: ObjectMeta(name: "web"), selector: ["app": "web"])),
    ]
    let start = Instant.zero + .seconds(20)
    var load = LoadSpec(
      service: ObjectKey(.service, namespace: "default", name: "web"),
      curve: LoadCurve(points: [
        .init(at: .zero, milliRate: 0), .init(at: start, milliRate: 0),
        .init(at: start, milliRate: rate * 1000),
      ]))
    load.timeout = timeout
    options.loads = [load]
    var world = World(options)
    for (at, change) in changes { world.schedule(change, at: .zero + .seconds(at)) }
    for (at, one) in disturbances { world.schedule(one, at: .zero + .seconds(at)) }
    world.run(until: .zero + .seconds(seconds))
    return world
  }

  func store(until seconds: Int64) -> TelemetryStore {
    var world = world(until: seconds)
    world.scrape(through: .zero + .seconds(seconds))
    guard let store = world.telemetry else {
      preconditionFailure("no telemetry was kept")
    }
    return store
  }
}

extension TelemetryStore {
  /// The series of a metric that have these labels.
  func all(_ name: String, _ labels: KeyValuePairs<String, String> = [:]) -> [Series] {
    let matchers =
      [LabelMatcher(PromQL.Labels.metricName, equals: name)]
      + labels.map { LabelMatcher($0.key, equals: $0.value) }
    return series(matching: matchers, in: TimeSpan(after: begin - 1, through: end))
  }

  /// The sum of their latest samples that are no staleness markers.
  func total(_ name: String, _ labels: KeyValuePairs<String, String> = [:]) -> Double {
    all(name, labels).reduce(0) { sum, series in
      sum + (series.samples.values.last { !Samples.isStale($0) } ?? 0)
    }
  }
}

extension Series {
  /// Its samples without staleness markers.
  var values: [Double] { samples.values.filter { !Samples.isStale($0) } }

  var isEnded: Bool { samples.values.last.map { Samples.isStale($0) } ?? true }

  /// How often the value falls.
  var resets: Int { zip(values, values.dropFirst()).count { $1 < $0 } }
}

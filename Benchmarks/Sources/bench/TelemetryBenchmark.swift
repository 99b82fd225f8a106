import ClusterAPI
import Kernel
import PromQL
import Units
import World

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// What it costs to keep metrics: a cluster of 30 pods a node comes up and is under load, its autoscalers
/// scale; with metrics kept and without, which is the same run otherwise.
///
/// With metrics, ten alert rules are evaluated for every minute of the run, ten minutes at a time, and what
/// none of them looks at any more is forgotten.
struct TelemetryBenchmark: Benchmark {
  static let name = "telemetry"
  static let usage = "<nodes> <simulated minutes> none|kept"

  static let podsEach = 100
  /// Deployments with a load, and so with an autoscaler; one in so many.
  static let loaded = 15

  private let nodes: Int
  private let end: Instant
  private let isKept: Bool

  private var deployments: Int { nodes * 30 / TelemetryBenchmark.podsEach }
  private var autoscalers: Int {
    (deployments + TelemetryBenchmark.loaded - 1) / TelemetryBenchmark.loaded
  }

  init(arguments: [String]) throws(BadArguments) {
    guard arguments.count == 3, let nodes = Int(arguments[0]), let minutes = Int64(arguments[1]),
      nodes >= 10, minutes > 0, ["none", "kept"].contains(arguments[2])
    else { throw BadArguments(reason: "nodes, simulated minutes, and none or kept are needed") }
    self.nodes = nodes
    end = .zero + .minutes(minutes)
    isKept = arguments[2] == "kept"
  }

  func run() -> Measurement {
    var world = World(options)
    let start = ThreadClock.nanoseconds
    var reading = Reading()
    if isKept {
      var next = Instant.zero
      while next < end {
        next = min(end, next + .minutes(10))
        TelemetryBenchmark.measured(&world, until: next)
        read(&world, through: next, &reading)
      }
    } else {
      TelemetryBenchmark.measured(&world, until: end)
    }
    let spent = ThreadClock.nanoseconds - start
    let pods = world.pods.views.count { $0.ready && !$0.gone }
    var note = "\(spent / 1_000_000) ms, \(memory) MB, \(nodes) nodes, \(pods) pods ready, "
    note += "\(autoscalers) autoscalers, \(world.eventCount) events"
    if isKept {
      note +=
        "; of it \(reading.scraped / 1_000_000) ms for \(reading.series) series of what the rules read "
      note +=
        "(since the last five minutes of each ten), \(reading.asked / 1_000_000) ms for ten rules "
      note += "(\(reading.points) points)"
    }
    return Measurement(
      operations: Int(world.eventCount), nanoseconds: spent,
      check: String(world.digest.value, radix: 16), note: note)
  }

  private struct Reading {
    var scraped: UInt64 = 0
    var asked: UInt64 = 0
    var series = 0
    var points = 0
    /// The next minute, in milliseconds since the epoch; 0: the first one.
    var next: Int64 = 0
  }

  /// Apart, so that a profiler can collect within it alone.
  @inline(never)
  private static func measured(_ world: inout World, until end: Instant) { world.run(until: end) }

  private func read(_ world: inout World, through end: Instant, _ reading: inout Reading) {
    let begin = ThreadClock.nanoseconds
    world.scrape(through: end)
    guard let store = world.telemetry else { preconditionFailure("metrics are kept") }
    let made = ThreadClock.nanoseconds
    reading.scraped += made - begin
    reading.series = store.seriesCount
    if reading.next == 0 { reading.next = store.begin }
    for text in TelemetryBenchmark.alerts {
      let result = try? PromQL.Query(text).range(
        from: reading.next, through: store.end, step: 60_000, in: store)
      guard case .matrix(let series) = result?.value else { continue }
      reading.points += series.reduce(0) { $0 + $1.samples.count }
    }
    reading.next += ((store.end - reading.next) / 60_000 + 1) * 60_000
    world.forgetMetrics(askedFrom: reading.next)
    reading.asked += ThreadClock.nanoseconds - made
  }

  /// The most that the process has held.
  private var memory: Int {
    var usage = rusage()
    // RUSAGE_SELF, which has another type on each platform.
    getrusage(0, &usage)
    #if canImport(Darwin)
      return usage.ru_maxrss >> 20
    #else
      return usage.ru_maxrss >> 10
    #endif
  }

  /// As they are written for such clusters: restarts, readiness, rollouts, capacity, errors, latency.
  private static let alerts = [
    "increase(kube_pod_container_status_restarts_total[15m]) > 3",
    "kube_deployment_spec_replicas != kube_deployment_status_replicas_available",
    "sum by (namespace, pod) (kube_pod_status_phase{phase=~\"Pending|Unknown|Failed\"}) > 0",
    "kube_horizontalpodautoscaler_status_current_replicas "
      + "== kube_horizontalpodautoscaler_spec_max_replicas",
    "kube_node_status_condition{condition=\"Ready\", status=\"true\"} == 0",
    "sum by (service) (rate(http_requests_total{code=~\"5..\"}[5m])) "
      + "/ sum by (service) (rate(http_requests_total[5m])) > 0.05",
    "histogram_quantile(0.95, sum by (service, le) "
      + "(rate(http_request_duration_seconds_bucket[5m]))) > 1",
    "max by (namespace, pod, container) (container_memory_working_set_bytes) > 900000000",
    "sum by (namespace) (rate(container_cpu_usage_seconds_total[5m])) > 10000",
    "count by (job) (up == 0) / count by (job) (up) > 0.1",
  ]

  private var options: WorldOptions {
    var options = WorldOptions(seed: 1)
    if isKept {
      options.telemetry = TelemetryOptions(
        scrapeInterval: .seconds(30), queries: TelemetryBenchmark.alerts)
    }
    options.nodes = (0..<nodes).map {
      NodeSpec(
        name: "node-\($0)",
        allocatable: [
          "cpu": Quantity(16), "memory": Quantity(64 << 30), "pods": Quantity(110),
        ])
    }
    // So that all pods start within a few minutes.
    options.latencies.controllerQPS = 2000
    options.latencies.controllerBurst = 3000
    options.latencies.schedulerQPS = 2000
    options.latencies.schedulerBurst = 3000
    var profile = ImageProfile(match: "*")
    profile.serviceTime = .lognormal(median: .milliseconds(80), p99: .milliseconds(400))
    profile.cpuPerRequest = .milliseconds(400)
    options.profiles = [profile]
    for index in 0..<deployments {
      let name = "app-\(index)"
      options.objects.append(.deployment(deployment(name)))
      guard index % TelemetryBenchmark.loaded == 0 else { continue }
      options.objects.append(.horizontalPodAutoscaler(autoscaler(name)))
      options.objects.append(
        .service(Service(meta: ObjectMeta(name: name), selector: ["app": name])))
      options.loads.append(
        LoadSpec(
          service: ObjectKey(.service, namespace: "default", name: name),
          curve: LoadCurve(points: [
            .init(at: .zero, milliRate: 0), .init(at: .zero + .minutes(5), milliRate: 0),
            .init(at: end, milliRate: 20_000),
          ])))
    }
    return options
  }

  private func deployment(_ name: String) -> Deployment {
    var container = Container(name: "app", image: "\(name):v1")
    var probe = Probe(handler: .httpGet(path: "/", port: .int(80), scheme: "HTTP"))
    probe.periodSeconds = 10
    container.readinessProbe = probe
    container.resources.requests = [
      "cpu": Quantity(milli: 50), "memory": Quantity(256 << 20),
    ]
    let template = PodTemplate(labels: ["app": name], spec: PodSpec(containers: [container]))
    return Deployment(
      meta: ObjectMeta(name: name),
      spec: DeploymentSpec(
        replicas: TelemetryBenchmark.podsEach, selector: LabelSelector(matchLabels: ["app": name]),
        template: template))
  }

  private func autoscaler(_ name: String) -> HorizontalPodAutoscaler {
    var autoscaler = HorizontalPodAutoscaler(
      meta: ObjectMeta(name: name), targetAPIVersion: "apps/v1", targetKind: "Deployment",
      targetName: name, maxReplicas: TelemetryBenchmark.podsEach * 2)
    autoscaler.minReplicas = TelemetryBenchmark.podsEach
    autoscaler.metrics = [MetricTarget(source: .resource(name: "cpu"), target: .utilization(60))]
    return autoscaler
  }
}

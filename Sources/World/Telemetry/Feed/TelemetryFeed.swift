import ClusterAPI
import Kernel
import PromQL
import Units

/// What exporters have shown of a run until some instant, and how far they have looked.
///
/// The world notes what happens; from time to time the exporters look at what was noted since. Nothing of
/// it changes the run, whenever and however often they look.
struct TelemetryFeed: Sendable {
  let clock: TelemetryClock
  var store: TelemetryStore
  let options: TelemetryOptions
  /// What somebody reads.
  private(set) var reads: Reads
  /// Upper bounds of all histograms that any of the feeds shows of clients, ascending.
  let clientBounds: [Span]
  var shown: ShownObjects
  var lives: PodLives
  var objects = LoggedKeys()
  var pods = PodExporters()
  var clients = ClientExporters()
  var devices = DeviceExporters()
  /// What guards have asked.
  var asked = ParsedQueries()

  /// Positions in the revision log and in the timeline.
  var nextEntry = 0
  var nextHappening = 0
  /// Until when everything has been looked at.
  var through = Instant.zero

  /// The groups of metrics that somebody reads.
  struct Reads: Sendable {
    let kubeState: KubeState.Options
    /// Upper bounds of its histograms of clients, ascending.
    let clientBounds: [Span]
    /// Whether anything but loads is read.
    let cluster: Bool
    let loads: Bool
    let pods: Bool
    let containers: Bool
    let applications: Bool
    let mesh: Bool
    let ingress: Bool
    let devices: Bool
    let kubelets: Bool
    let endpoints: Bool

    init(_ wanted: WantedSeries, _ profiles: [ImageProfile], _ options: TelemetryOptions) {
      let up = wanted.wants([MetricCatalog.up])
      kubeState = KubeState.Options(
        labels: options.labels, wanted: wanted, of: .kubeStateMetrics(options.scrapeInterval))
      loads = wanted.wants(LoadMetrics.families)
      cluster = wanted.wantsCluster
      pods = wanted.wants(KubeState.podFamilies + KubeState.podContainerFamilies)
      containers = wanted.wants(ContainerMetrics.families)
      let own = profiles.flatMap { ApplicationMetrics.families($0.metrics) }
      applications =
        up || wanted.wants(ApplicationMetrics.families + own + VLLMMetrics.families)
      mesh = up || wanted.wants(IstioMetrics.families)
      ingress = up || wanted.wants(IngressMetrics.families)
      devices = up || wanted.wants(GPUMetrics.families)
      kubelets = up || wanted.wants(KubeletMetrics.families)
      clientBounds = MetricBuckets.union([
        loads ? MetricBuckets.loadGenerator(options.latencies) : [],
        ingress ? MetricBuckets.clientGolang : [], mesh ? MetricBuckets.envoy : [],
      ])
      endpoints = wanted.wants(KubeState.endpointsFamilies + KubeState.endpointSliceFamilies)
    }

    /// Whether anything is read that follows from requests as pods see them.
    var ofPods: Bool { containers || applications || mesh || devices }

    /// Whether anything is read that follows from requests as the clients of loads see them.
    var ofLoads: Bool { loads || mesh || ingress }

    /// Whether it matters what becomes of single pods.
    var lives: Bool { pods || allLives }

    /// Whether it matters of every pod, and not only of those of which kube-state-metrics is asked.
    var allLives: Bool { ofPods || kubelets || endpoints }
  }

  init(
    _ options: TelemetryOptions, clientBounds: [Span], epoch: Int64, profiles: [ImageProfile]
  ) {
    (self.options, self.clientBounds) = (options, clientBounds)
    clock = TelemetryClock(epoch: epoch)
    let wanted = options.wanted
    let begin = clock.time(.zero)
    store = TelemetryStore(
      scrapeInterval: options.scrapeInterval, begin: begin, end: begin,
      families: MetricCatalog.families(of: profiles), wanted: wanted)
    reads = Reads(wanted, profiles, options)
    shown = ShownObjects(target: .kubeStateMetrics(options.scrapeInterval), clock: clock)
    lives = PodLives(showing: reads.pods ? reads.kubeState : nil, kubelets: reads.kubelets)
    store.set("up", at: shown.target, begin, 1)
  }

  /// From now on only what some queries select is kept, and what they can look at of what was.
  mutating func narrow(to queries: [String], _ profiles: [ImageProfile]) {
    var options = options
    options.queries = queries
    store.wanted = options.wanted
    reads = Reads(store.wanted, profiles, options)
    lives = PodLives(showing: reads.pods ? reads.kubeState : nil, kubelets: reads.kubelets)
  }

  /// Drops samples that no query looks at any more, but those at an instant.
  mutating func forget(askedFrom next: Int64, keeping kept: Instant? = nil) {
    guard let reach = store.wanted.reach else { return }
    store.forget(before: next - reach, keeping: kept.map { clock.time($0) })
  }

  mutating func show(_ object: ClusterObject, _ at: Instant) {
    shown.show(
      KubeState.expose(object, epoch: clock.epoch, options: reads.kubeState), of: object.key, at,
      &store)
  }
}

/// The keys of objects that the log knows by their rows.
struct LoggedKeys: Sendable {
  private var keys: [UInt64: ObjectKey] = [:]

  /// The object of an entry, nil where it was deleted; nil for entries about nothing that is shown.
  mutating func read(_ change: LogEntry.Change) -> (ObjectKey, ClusterObject?)? {
    switch change {
    case .deployment(let id, let it): known(1, id.raw, it.map { .deployment($0) })
    case .replicaSet(let id, let it): known(2, id.raw, .replicaSet(it))
    case .replicaSetDeleted(let id): known(2, id.raw, nil)
    case .statefulSet(let id, let it): known(3, id.raw, it.map { .statefulSet($0) })
    case .daemonSet(let id, let it): known(4, id.raw, it.map { .daemonSet($0) })
    case .job(let id, let it): known(5, id.raw, it.map { .job($0) })
    case .resourceQuota(let id, let it): known(6, id.raw, it.map { .resourceQuota($0) })
    case .disruptionBudget(let id, let it):
      known(7, id.raw, it.map { .podDisruptionBudget($0) })
    case .autoscaler(let id, let it): known(8, id.raw, it.map { .horizontalPodAutoscaler($0) })
    case .pod, .controllerRevision, .endpoints, .node, .nodeDeleted: nil
    }
  }

  private mutating func known(
    _ table: UInt64, _ row: UInt32, _ object: ClusterObject?
  ) -> (ObjectKey, ClusterObject?)? {
    let place = table << 32 | UInt64(row)
    if let object { keys[place] = object.key }
    return keys[place].map { ($0, object) }
  }
}

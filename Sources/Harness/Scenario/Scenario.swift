public import Chaos
public import ClusterAPI
public import Control
public import PromQL
public import Units
public import Verdict
public import World

/// What a scenario file says: a cluster, a load, a change, what goes wrong, and what is expected.
///
/// Times count from the end of the warm-up, in which the cluster comes up without load.
public struct Scenario: Sendable {
  /// Nodes that are alike.
  public struct NodePool: Hashable, Sendable {
    public var name = "node"
    public var count = 3
    /// Nodes are spread over them in turn (label `topology.kubernetes.io/zone`).
    public var zones: [String] = []
    public var labels: ClusterAPI.Labels = [:]
    public var taints: [Taint] = []
    public var allocatable: ResourceList = [
      "cpu": Quantity(4), "memory": Quantity(16 << 30), "pods": Quantity(110),
      "ephemeral-storage": Quantity(100 << 30),
    ]

    public init() {}

    public var nodes: [NodeSpec] {
      (0..<count).map { index in
        var node = NodeSpec(name: "\(name)-\(index)", allocatable: allocatable)
        node.labels = labels
        node.labels["kubernetes.io/hostname"] = node.name
        if !zones.isEmpty {
          node.labels["topology.kubernetes.io/zone"] = zones[index % zones.count]
        }
        node.taints = taints
        return node
      }
    }
  }

  /// What the user does at one moment.
  public struct TimedChange: Sendable {
    public var at: Span
    public var changes: [Change]

    public init(at: Span, changes: [Change]) {
      self.at = at
      self.changes = changes
    }
  }

  public struct TimedFault: Sendable {
    public var at: Span
    /// nil: to the end.
    public var duration: Span?
    public var kind: String
    public var values: FaultValues

    public init(at: Span, duration: Span?, kind: String, values: FaultValues) {
      self.at = at
      self.duration = duration
      self.kind = kind
      self.values = values
    }
  }

  public var name = ""
  public var description = ""
  /// The incident or the document that it comes from.
  public var reference = ""
  public var seeds: [UInt64] = [1, 2, 3, 4, 5]
  public var warmUp = Span.minutes(2)
  public var duration = Span.minutes(15)
  public var nodePools: [NodePool] = [NodePool()]
  /// Profiles of the control plane's delays and limits.
  public enum Delays: String, Sendable, CaseIterable {
    /// Kubernetes' own client limits, and documented typical delays.
    case standard = "default"
    /// Those of the recordings that the simulator is compared with.
    case recorded
  }

  public var delays = Delays.standard
  public static let knownGates = ["MaxUnavailableStatefulSet"]
  /// Features that are on; names of `knownGates`.
  public var featureGates: [String] = []
  /// Of images, in a second, on each node.
  public var pullBandwidth = Latencies().pullBandwidth
  public var objects: [ClusterObject] = []
  public var images: [ImageProfile] = []
  public var loads: [LoadSpec] = []
  public var metrics: [MetricScript] = []
  /// Recording and alerting rules; those of the manifests' PrometheusRule objects too.
  public var rules: [RuleGroup] = []
  /// By which autoscalers' metrics are asked of Prometheus.
  public var adapter = AdapterRules.chart
  /// Prometheus' `scrape_interval`.
  public var scrapeInterval = TelemetryOptions().scrapeInterval
  /// Whether all metrics are kept, whatever the scenario asks for.
  public var exportsMetrics = false
  /// PromQL that somebody asks besides.
  public var asked: [String] = []
  /// The first one is the change that is judged; what follows is what somebody does about it.
  public var changes: [TimedChange] = []
  /// Workloads whose rollout is judged; empty: all that are changed.
  public var judged: [ObjectKey] = []
  public var faults: [TimedFault] = []
  public var guards: [RollbackGuard] = []
  public var expect = Expectation()
  /// All files that it was read from, its own first.
  public var files: [(name: String, bytes: [UInt8])] = []

  public init() {}
}

extension Scenario {
  /// nil: nobody reads metrics.
  var telemetry: TelemetryOptions? {
    let queries = queries
    if queries?.isEmpty ?? false { return nil }
    return TelemetryOptions(
      scrapeInterval: scrapeInterval, queries: queries, latencies: askedLatencies)
  }

  /// What is scraped each second, to judge and to show a run: the cluster's Prometheus keeps to its own
  /// interval. nil: there is nothing to be seen.
  var closeUp: TelemetryOptions? {
    if closeUpQueries.isEmpty { return nil }
    return TelemetryOptions(
      scrapeInterval: LoadMetrics.interval, queries: closeUpQueries, latencies: askedLatencies,
      labels: LabelAllowlist(["pods": ReadyQueries.labels]))
  }

  /// Whether its runs cannot be told from those of the other before something is scripted to happen: the
  /// cluster, what runs in it, and its load are the same.
  func beginsLike(_ other: Scenario) -> Bool {
    warmUp == other.warmUp && nodePools == other.nodePools && objects == other.objects
      && images == other.images && loads == other.loads && metrics == other.metrics
      && guards == other.guards && delays == other.delays && featureGates == other.featureGates
      && pullBandwidth == other.pullBandwidth && telemetry == other.telemetry
      && closeUp == other.closeUp
      && adapter == other.adapter
  }
}

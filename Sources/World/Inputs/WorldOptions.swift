public import ClusterAPI
public import Control
public import Units

/// A node of the cluster at its start.
public struct NodeSpec: Hashable, Sendable {
  public var name: String
  public var labels: Labels = [:]
  public var taints: [Taint] = []
  /// cpu, memory, pods, and extended resources such as `nvidia.com/gpu`.
  public var allocatable: ResourceList
  public var unschedulable = false

  public init(name: String, allocatable: ResourceList) {
    self.name = name
    self.allocatable = allocatable
  }
}

/// All that determines a run: the world draws nothing else from outside.
public struct WorldOptions: Sendable {
  public var seed: UInt64
  /// Unix seconds of the first instant; the default is Monday, 2024-01-01T00:00:00Z.
  public var epoch: Int64 = 1_704_067_200
  public var nodes: [NodeSpec] = []
  /// Stored before the first instant, as if they had long been there.
  public var objects: [ClusterObject] = []
  /// First match wins; an image that none matches gets `ImageProfile(match: "*")`.
  public var profiles: [ImageProfile] = []
  public var loads: [LoadSpec] = []
  public var guards: [RollbackGuard] = []
  public var gates = FeatureGates()
  public var latencies = Latencies()
  /// By the number of a pod, from 0: which node is taken where several are equally good; the others
  /// are drawn.
  public var tiedNodes: [Int: String] = [:]
  /// By the number of a pod, from 0: its place among uids, which decides between pods that are alike for
  /// a scale-down; those of the others are drawn.
  public var uidRanks: [Int: Int] = [:]
  /// Whether all kubelets renew their leases at once, from the first instant on; else at instants of
  /// their own.
  public var leasesInStep = false
  public var autoscaling = AutoscalingSettings()
  /// When autoscalers are synced besides what the settings say.
  public var autoscalerSyncs: [Instant] = []
  /// What the metrics APIs answer instead of what the pods use; the first one that fits.
  public var metrics: [MetricScript] = []
  /// By which the metrics APIs ask Prometheus for what no script is about.
  public var adapter = AdapterRules()
  public var seriesInterval = Span.seconds(1)
  /// How metrics are scraped; nil: nobody reads any, and nothing is kept for it.
  public var telemetry: TelemetryOptions?
  /// What another Prometheus scrapes, that nothing in the cluster asks: for whoever judges or shows the
  /// run.
  public var closeUp: TelemetryOptions?

  public init(seed: UInt64) { self.seed = seed }
}

/// Kubernetes' own switches, with the values of 1.36.
public struct FeatureGates: Hashable, Sendable {
  /// `maxUnavailable` of a StatefulSet's rolling update; without it pods are replaced one at a time.
  public var maxUnavailableStatefulSet = false

  public init() {}
}

/// Delays and limits of the cluster's machinery.
///
/// Client limits, workers and back-offs are Kubernetes' defaults; residual delays are documented
/// typical values.
public struct Latencies: Hashable, Sendable {
  /// From a write at the API server to its arrival at a watcher, and its spread.
  public var watch = Span.milliseconds(10)
  public var watchJitter = Span.milliseconds(10)
  /// What makes all delays of the control plane longer and shorter by turns; nil: nothing does.
  public var slowness: Slowness?
  /// From sending a write to its effect; the answer takes as long again.
  public var apiRequest = Span.milliseconds(5)
  /// The 99th percentile of it (lognormal, around `apiRequest` as the median); not above it: always the
  /// same.
  public var apiRequestP99 = Span.zero
  /// What the API server takes for one write, in the median, as it works off one after another; zero: it
  /// is never the bottleneck.
  public var apiService = Span.zero
  /// The 99th percentile of it (lognormal); not above the median: every write takes as long.
  public var apiServiceP99 = Span.zero
  /// Client limits of the controller manager (kube-api-qps, kube-api-burst).
  public var controllerQPS: Int64 = 20
  public var controllerBurst: Int64 = 30
  /// Client limits of the scheduler.
  public var schedulerQPS: Int64 = 50
  public var schedulerBurst: Int64 = 100
  /// One scheduling cycle.
  public var schedulingCycle = Span.milliseconds(1)
  /// From the EndpointSlice at the API server to the rules of a proxy, and its spread.
  public var endpointPropagation = Span.milliseconds(200)
  public var endpointPropagationJitter = Span.milliseconds(800)
  /// From binding to the first container's start: sandbox, volumes, network.
  public var sandbox = Span.milliseconds(800)
  /// From a node's last use of a volume to its attachment at another node.
  public var volumeAttach = Span.seconds(8)
  /// Creating and starting one container whose image is there.
  public var containerStart = Span.milliseconds(150)
  /// From a change of a pod's state to the kubelet's status write.
  public var statusUpdate = Span.milliseconds(10)
  /// One probe of a process that need not wait.
  public var probe = Span.milliseconds(1)
  /// A question to the image registry: whether it has an image, and which one.
  public var registryRequest = Span.milliseconds(100)
  /// Bytes per second that a node pulls images with.
  public var pullBandwidth = Bytes.mebi(60)
  /// One hop between a client's gateway and a pod.
  public var networkHop = Span.microseconds(250)
  /// From one look of the metrics server at the pods to the next.
  public var metricsResolution = Span.seconds(15)
  /// From such a look to the moment at which it is served.
  public var metricsDelay = Span.seconds(1)
  public var nodeMonitorPeriod = Span.seconds(5)
  public var nodeMonitorGracePeriod = Span.seconds(50)
  public var leaseInterval = Span.seconds(10)

  public init() {}
}

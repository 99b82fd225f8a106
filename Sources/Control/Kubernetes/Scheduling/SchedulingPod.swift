public import ClusterAPI

/// What the scheduler must know of a pod: the same for all pods of one template and namespace.
public struct SchedulingPod: Sendable {
  /// A port of the node that the pod takes; two pods with the same one exclude each other.
  public struct HostPort: Hashable, Sendable {
    public var port: Int
    public var networkProtocol: String

    public init(port: Int, networkProtocol: String = "TCP") {
      self.port = port
      self.networkProtocol = networkProtocol
    }
  }

  public var namespace: String
  /// The labels of the namespace itself: what a `namespaceSelector` looks at.
  public var namespaceLabels: Labels
  public var labels: Labels
  public var requests: SchedulingRequests
  public var tolerations: [Toleration]
  public var nodeSelector: Labels
  public var affinity: Affinity
  /// The node that the spec names itself; only that node passes.
  public var nodeName: String?
  /// The zone of the volumes that it uses, once they have been made; only nodes there pass.
  public var volumeZone: String?
  public var spreadConstraints: [TopologySpreadConstraint]
  /// What the built-in spreading counts when the pod has no constraints of its own.
  ///
  /// The selector of the owning ReplicaSet or StatefulSet together with those of the services that
  /// choose the pod; `nil` for pods without such an owner.
  public var defaultSpreadSelector: LabelSelector?
  public var hostPorts: [HostPort]
  /// Images of all containers, init containers too.
  public var images: [String]

  public init(
    namespace: String, namespaceLabels: Labels = [:], labels: Labels,
    requests: SchedulingRequests = SchedulingRequests()
  ) {
    self.namespace = namespace
    self.namespaceLabels = namespaceLabels
    self.labels = labels
    self.requests = requests
    tolerations = []
    nodeSelector = [:]
    affinity = Affinity()
    spreadConstraints = []
    hostPorts = []
    images = []
  }

  /// From a template's spec.
  public init(
    namespace: String, namespaceLabels: Labels = [:], labels: Labels, spec: PodSpec,
    defaultSpreadSelector: LabelSelector? = nil
  ) {
    self.init(
      namespace: namespace, namespaceLabels: namespaceLabels, labels: labels,
      requests: SchedulingRequests(spec))
    tolerations = spec.tolerations
    nodeSelector = spec.nodeSelector
    affinity = spec.affinity
    nodeName = spec.nodeName
    spreadConstraints = spec.topologySpreadConstraints
    self.defaultSpreadSelector = defaultSpreadSelector
    for container in spec.containers {
      for port in container.ports {
        let taken = port.hostPort ?? (spec.hostNetwork ? port.containerPort : 0)
        if taken > 0 {
          hostPorts.append(HostPort(port: taken, networkProtocol: port.networkProtocol))
        }
      }
    }
    images = (spec.initContainers + spec.containers).map(\.image)
  }
}

/// What the scheduler must know of a node, besides the pods on it.
public struct SchedulingNode: Hashable, Sendable {
  public var name: String
  public var labels: Labels
  public var taints: [Taint]
  public var unschedulable: Bool
  public var allocatable: ResourceList

  public init(
    name: String, labels: Labels, taints: [Taint] = [], unschedulable: Bool = false,
    allocatable: ResourceList
  ) {
    self.name = name
    self.labels = labels
    self.taints = taints
    self.unschedulable = unschedulable
    self.allocatable = allocatable
  }

  public init(_ node: Node) {
    self.init(
      name: node.meta.name, labels: node.meta.labels, taints: node.taints,
      unschedulable: node.unschedulable, allocatable: node.allocatable)
  }

  /// Region and zone together: the scheduler visits nodes in turn by it (`GetZoneKey`).
  var zoneKey: [String] {
    [
      labels["topology.kubernetes.io/region"] ?? "", labels["topology.kubernetes.io/zone"] ?? "",
    ]
  }
}

public import ClusterAPI

/// All that kube-state-metrics shows of a node.
public struct NodeState: Hashable, Sendable {
  /// What `kube_node_info` says of the software of a node.
  public struct SystemInfo: Hashable, Sendable {
    public var kernelVersion = "6.12.0"
    public var osImage = "Simulated Linux"
    public var containerRuntimeVersion = "containerd://2.2.0"
    public var kubeletVersion = "v1.36.0"

    public init() {}
  }

  public var name: String
  public var labels: Labels = [:]
  public var capacity: ResourceList = [:]
  public var allocatable: ResourceList = [:]
  /// By type.
  public var conditions: SortedMap<Condition.Status> = [:]
  public var isUnschedulable = false
  public var taints: [Taint] = []
  /// Unix seconds.
  public var created: Int64?
  /// Empty: none.
  public var internalIP = ""
  /// Empty: none.
  public var podCIDR = ""
  public var system = SystemInfo()

  public init(name: String) { self.name = name }

  /// A node as the API server holds it.
  ///
  /// Its capacity is what is allocatable but for devices that have failed. Under pressure it never is; when its kubelet is silent, the
  /// node lifecycle controller sets all of its conditions to Unknown.
  public init(_ view: NodeView) {
    self.init(name: view.spec.name)
    labels = view.spec.labels
    capacity = view.spec.allocatable
    allocatable = view.allocatable
    isUnschedulable = view.spec.unschedulable
    taints = view.spec.taints
    let pressure = view.ready == .unknown ? Condition.Status.unknown : .no
    conditions = [
      "DiskPressure": pressure, "MemoryPressure": pressure, "PIDPressure": pressure,
      "Ready": view.ready,
    ]
  }
}

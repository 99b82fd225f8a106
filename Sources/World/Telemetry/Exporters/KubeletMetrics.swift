import PromQL

/// What a kubelet exposes of itself under `/metrics`: the families that follow from the pods of its node.
public enum KubeletMetrics {
  /// What they are made from.
  public struct State: Hashable, Sendable {
    public var node: String
    /// Pods of which a container runs or is about to: those that have a sandbox.
    public var runningPods = 0
    /// Containers by their state in the runtime.
    public var created = 0
    public var running = 0
    public var exited = 0

    public init(node: String) { self.node = node }
  }

  /// Sorted by name.
  public static let families: [MetricFamily] = [
    MetricFamily(
      name: "kubelet_node_name", kind: .gauge, help: "1; the name of the node", labels: ["node"]),
    MetricFamily(
      name: "kubelet_running_containers", kind: .gauge, help: "how many containers are in a state",
      labels: ["container_state"]),
    MetricFamily(
      name: "kubelet_running_pods", kind: .gauge, help: "how many pods have a running sandbox"),
  ]

  /// The series of a kubelet; the labels that name it are those of its target.
  public static func expose(_ state: State) -> Exposition {
    var exposition = Exposition()
    for (name, value) in zip(names(of: state.node), values(state)) {
      exposition.add(name.metric, name.labels, value)
    }
    return exposition
  }

  /// The metrics of a node's kubelet, and what tells their series from each other.
  static func names(of node: String) -> [(metric: String, labels: [PromQL.Label])] {
    [("kubelet_node_name", [Label("node", node)])]
      + ["created", "running", "exited"].map {
        ("kubelet_running_containers", [Label("container_state", $0)])
      } + [("kubelet_running_pods", [])]
  }

  /// The values of `names(of:)`, in their order.
  static func values(_ state: State) -> [Double] {
    [
      1, Double(state.created), Double(state.running), Double(state.exited),
      Double(state.runningPods),
    ]
  }
}

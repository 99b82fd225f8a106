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
    exposition.add("kubelet_node_name", [Label("node", state.node)], 1)
    let containers = [
      ("created", state.created), ("running", state.running), ("exited", state.exited),
    ]
    for (name, count) in containers {
      exposition.add(
        "kubelet_running_containers", [Label("container_state", name)], Double(count))
    }
    exposition.add("kubelet_running_pods", [], Double(state.runningPods))
    return exposition
  }
}

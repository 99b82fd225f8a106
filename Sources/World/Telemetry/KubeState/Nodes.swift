import ClusterAPI

extension KubeState {
  private static let shape = ObjectFamilies("kube_node", ["node"])

  static let nodeFamilies: [MetricFamily] = [
    shape.created,
    shape.kubernetesLabels,
    shape.gauge(
      "info", "1; the software of the node",
      [
        "kernel_version", "os_image", "container_runtime_version", "kubelet_version",
        "kubeproxy_version", "pod_cidr", "internal_ip",
      ]),
    shape.gauge("role", "1; a role that a label of the node gives it", ["role"]),
    shape.gauge("spec_taint", "1; a taint of the node", ["key", "value", "effect"]),
    shape.gauge("spec_unschedulable", "1: no new pod is bound to the node"),
    shape.gauge("status_addresses", "1; an address of the node", ["type", "address"]),
    shape.gauge(
      "status_allocatable", "how much of a resource there is for pods", ["resource", "unit"]),
    shape.gauge("status_capacity", "how much of a resource the node has", ["resource", "unit"]),
    shape.gauge(
      "status_condition", "1 for the status that a condition has, 0 for the others",
      ["condition", "status"]),
  ]

  private static let rolePrefix = "node-role.kubernetes.io/"

  /// The series of a node.
  public static func expose(
    _ node: NodeState, options: Options = Options()
  ) -> Exposition {
    var series = ObjectSeries(shape, [node.name], options)
    series.add(
      "info", 1, ("kernel_version", node.system.kernelVersion), ("os_image", node.system.osImage),
      ("container_runtime_version", node.system.containerRuntimeVersion),
      ("kubelet_version", node.system.kubeletVersion), ("kubeproxy_version", "deprecated"),
      ("pod_cidr", node.podCIDR), ("internal_ip", node.internalIP))
    series.add("created", unix: node.created)
    for label in node.labels.keys where label.hasPrefix(rolePrefix) {
      series.add("role", 1, ("role", String(label.dropFirst(rolePrefix.count))))
    }
    series.add("spec_unschedulable", node.isUnschedulable)
    for taint in node.taints {
      series.add(
        "spec_taint", 1, ("key", taint.key), ("value", taint.value), ("effect", taint.effect.raw))
    }
    if !node.internalIP.isEmpty {
      series.add("status_addresses", 1, ("type", "InternalIP"), ("address", node.internalIP))
    }
    series.add("status_allocatable", node.allocatable, of: .node)
    series.add("status_capacity", node.capacity, of: .node)
    for (type, status) in node.conditions {
      series.add("status_condition", status: status, ("condition", type))
    }
    series.add(labels: node.labels, of: "nodes", allowed: options.labels)
    return series.exposition
  }
}

import ClusterAPI

extension KindReader {
  /// Of the status, only what the node can hold is simulated; the rest comes from the simulation.
  static let node = KindReader(
    .node, "v1", isNamespaced: false, initial: Node(meta: ObjectMeta(name: "")),
    unmodelled: \.unmodelled, as: { .node($0) },
    table: Table {
      $0.identity()
      $0.field("metadata", \.meta, Shapes.meta, required: true)
      $0.inside("spec", spec)
      $0.inside("status", status)
    }
  ) { node, _, _ in
    // Without a kubelet's reservation all of the capacity can be given to pods.
    for (resource, amount) in node.capacity where node.allocatable[resource] == nil {
      node.allocatable[resource] = amount
    }
  }

  private static let spec = Table<Node> {
    $0.field("unschedulable", \.unschedulable, .boolean)
    $0.field("taints", \.taints, .list(of: Shapes.taint))
    $0.kept("configSource", "externalID", "podCIDR", "podCIDRs", "providerID")
  }

  private static let status = Table<Node> {
    $0.field("capacity", \.capacity, .resources)
    $0.field("allocatable", \.allocatable, .resources)
    $0.kept(
      "addresses", "conditions", "config", "daemonEndpoints", "declaredFeatures", "features",
      "images", "nodeInfo", "phase", "runtimeHandlers", "volumesAttached", "volumesInUse")
  }
}

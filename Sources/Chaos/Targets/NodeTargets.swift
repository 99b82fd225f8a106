import World

/// Some nodes, as a fault's parameters name them.
enum NodeTargets {
  static let parameters = [
    FaultParameter("node", .name, required: false, "which; `*` stands for any characters"),
    FaultParameter(
      "count", .count, required: false, "so many of them, drawn; default all, without `node` 1"),
  ]

  /// Without a name one node is meant, not the whole cluster.
  static func selection(_ values: FaultValues) -> NodeSelection {
    let name = values.text("node")
    return NodeSelection(
      name: name.isEmpty ? "*" : name, count: values.count("count") ?? (name.isEmpty ? 1 : nil))
  }
}

public import World

/// Somebody drains nodes: they are cordoned and their pods evicted, with tries every 5 s while a
/// disruption budget is in the way; with `for`, they take pods again at its end.
public struct NodeDrain: Fault {
  public static let kind = "nodeDrain"
  public static let parameters = [
    FaultParameter("node", .name, required: false, "which; `*` stands for any characters"),
    FaultParameter(
      "count", .count, required: false, "so many of them, drawn; default all, without `node` 1"),
  ]

  let selection: NodeSelection

  public init(_ values: FaultValues) {
    let name = values.text("node")
    selection = NodeSelection(
      name: name.isEmpty ? "*" : name, count: values.count("count") ?? (name.isEmpty ? 1 : nil))
  }

  public var begin: [Disturbance] { [.nodes(selection, .drain)] }
  public var end: [Disturbance] { [.nodesRecover(selection, .drain)] }
}

public import World

/// Machines go off without a word; with `for`, they boot again at its end.
public struct NodeCrash: Fault {
  public static let kind = "nodeCrash"
  public static let parameters = [
    FaultParameter("node", .name, required: false, "which; `*` stands for any characters"),
    FaultParameter(
      "count", .count, required: false, "so many of them, drawn; default all, without `node` 1"),
  ]

  let selection: NodeSelection

  public init(_ values: FaultValues) {
    let name = values.text("node")
    // Without a name one node is meant, not the whole cluster.
    selection = NodeSelection(
      name: name.isEmpty ? "*" : name, count: values.count("count") ?? (name.isEmpty ? 1 : nil))
  }

  public var begin: [Disturbance] { [.nodes(selection, .crash)] }
  public var end: [Disturbance] { [.nodesRecover(selection, .crash)] }
}

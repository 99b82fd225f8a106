public import World

/// Somebody drains nodes: they are cordoned and their pods evicted, with tries every 5 s while a
/// disruption budget is in the way; with `for`, they take pods again at its end.
public struct NodeDrain: Fault {
  public static let kind = "nodeDrain"
  public static let parameters = NodeTargets.parameters

  let selection: NodeSelection

  public init(_ values: FaultValues) { selection = NodeTargets.selection(values) }

  public var begin: [Disturbance] { [.nodes(selection, .drain)] }
  public var end: [Disturbance] { [.nodesRecover(selection, .drain)] }
}

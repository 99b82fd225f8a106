public import World

/// Nodes take no new pods, as where there is no room for any.
public struct NodeCordon: Fault {
  public static let kind = "nodeCordon"
  public static let parameters = NodeTargets.parameters

  let selection: NodeSelection

  public init(_ values: FaultValues) { selection = NodeTargets.selection(values) }

  public var begin: [Disturbance] { [.nodes(selection, .cordon)] }
  public var end: [Disturbance] { [.nodesRecover(selection, .cordon)] }
}

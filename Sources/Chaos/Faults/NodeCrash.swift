public import World

/// Machines go off without a word; with `for`, they boot again at its end.
public struct NodeCrash: Fault {
  public static let kind = "nodeCrash"
  public static let parameters = NodeTargets.parameters

  let selection: NodeSelection

  public init(_ values: FaultValues) { selection = NodeTargets.selection(values) }

  public var begin: [Disturbance] { [.nodes(selection, .crash)] }
  public var end: [Disturbance] { [.nodesRecover(selection, .crash)] }
}

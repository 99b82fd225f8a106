public import World

/// All machines of a zone go off at once; with `for`, they boot again at its end.
public struct ZoneOutage: Fault {
  public static let kind = "zoneOutage"
  public static let parameters = [
    FaultParameter("zone", .name, "value of the nodes' label topology.kubernetes.io/zone")
  ]

  let selection: NodeSelection

  public init(_ values: FaultValues) { selection = NodeSelection(zone: values.text("zone")) }

  public var begin: [Disturbance] { [.nodes(selection, .crash)] }
  public var end: [Disturbance] { [.nodesRecover(selection, .crash)] }
}

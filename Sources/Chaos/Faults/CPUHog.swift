public import World
import Units

/// Something outside the pods uses a share of nodes' CPU: the pods there are slower.
public struct CPUHog: Fault {
  public static let kind = "cpuHog"
  public static let parameters =
    NodeTargets.parameters + [
      FaultParameter("share", .share, "share of the node's CPU that is taken")
    ]

  let selection: NodeSelection
  let share: Ratio

  public init(_ values: FaultValues) {
    selection = NodeTargets.selection(values)
    share = values.ratio("share")
  }

  public var begin: [Disturbance] { [.nodes(selection, .cpuHog(share))] }
  public var end: [Disturbance] { [.nodesRecover(selection, .cpuHog(share))] }
}

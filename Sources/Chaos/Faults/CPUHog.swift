public import World
import Units

/// Something outside the pods uses a share of nodes' CPU: the pods there are slower.
public struct CPUHog: Fault {
  public static let kind = "cpuHog"
  public static let parameters = [
    FaultParameter("node", .name, required: false, "which; `*` stands for any characters"),
    FaultParameter(
      "count", .count, required: false, "so many of them, drawn; default all, without `node` 1"),
    FaultParameter("share", .share, "share of the node's CPU that is taken"),
  ]

  let selection: NodeSelection
  let share: Ratio

  public init(_ values: FaultValues) {
    let name = values.text("node")
    selection = NodeSelection(
      name: name.isEmpty ? "*" : name, count: values.count("count") ?? (name.isEmpty ? 1 : nil))
    share = values.ratio("share")
  }

  public var begin: [Disturbance] { [.nodes(selection, .cpuHog(share))] }
  public var end: [Disturbance] { [.nodesRecover(selection, .cpuHog(share))] }
}

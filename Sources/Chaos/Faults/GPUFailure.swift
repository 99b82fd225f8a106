public import World

/// A GPU fails, and its driver says so with a code (XID); with `for`, it is reset at the end.
///
/// Codes: https://docs.nvidia.com/deploy/xid-errors/
public struct GPUFailure: Fault {
  public static let kind = "gpuFailure"
  public static let parameters =
    NodeTargets.parameters + [
      FaultParameter("gpu", .index, required: false, "which of the node's GPUs, from 0; default 0"),
      FaultParameter(
        "xid", .count,
        "NVIDIA's code, such as 79: it has fallen off the bus; 13, 31, 43, 45, 68 and 109 are errors of "
          + "the application, which end its process and leave the GPU healthy"),
    ]

  let selection: NodeSelection
  let gpu: Int
  let xid: Int

  public init(_ values: FaultValues) {
    selection = NodeTargets.selection(values)
    gpu = values.count("gpu") ?? 0
    xid = values.count("xid") ?? 0
  }

  public var begin: [Disturbance] { [.nodes(selection, .gpu(gpu, xid: xid))] }
  public var end: [Disturbance] { [.nodesRecover(selection, .gpu(gpu, xid: xid))] }
}

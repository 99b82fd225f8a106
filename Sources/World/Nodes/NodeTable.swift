import ClusterAPI
public import Units

/// Nodes as rows by dense id.
public struct NodeTable: Sendable {
  public struct Row: Sendable {
    public var spec: NodeSpec
    public var freeCPU: MilliCPU
    public var freeMemory: Bytes
    public var freePods: Int64
    /// The kubelet works.
    public var alive = true
    /// Images that have been pulled.
    public var images: [ImageID] = []
  }

  public var rows: [Row] = []

  init(_ specs: [NodeSpec]) {
    rows = specs.map { spec in
      Row(
        spec: spec, freeCPU: MilliCPU(spec.allocatable["cpu"]?.milliValue ?? 0),
        freeMemory: Bytes(spec.allocatable["memory"]?.value ?? 0),
        freePods: spec.allocatable["pods"]?.value ?? 110)
    }
  }

  mutating func occupy(_ node: NodeID, _ row: TemplateRow) {
    rows[node.index].freeCPU -= row.cpu
    rows[node.index].freeMemory -= row.memory
    rows[node.index].freePods -= 1
  }

  mutating func release(_ node: NodeID, _ row: TemplateRow) {
    rows[node.index].freeCPU += row.cpu
    rows[node.index].freeMemory += row.memory
    rows[node.index].freePods += 1
  }
}

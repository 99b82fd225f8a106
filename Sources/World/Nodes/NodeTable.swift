public import ClusterAPI
public import Units

/// What a watcher sees of a node.
public struct NodeView: Hashable, Sendable {
  public var spec: NodeSpec
  /// The Ready condition, as the API server holds it.
  public var ready: Condition.Status

  public init(_ spec: NodeSpec, ready: Condition.Status = .yes) {
    self.spec = spec
    self.ready = ready
  }
}

/// Nodes as rows by dense id.
public struct NodeTable: Sendable {
  public struct Row: Sendable {
    public var view: NodeView
    /// The machine and its kubelet work.
    public var alive = true
    /// Images that have been pulled.
    public var images: [ImageID] = []

    public var spec: NodeSpec {
      get { view.spec }
      set { view.spec = newValue }
    }

    init(_ spec: NodeSpec) {
      view = NodeView(spec)
      // The kubelet's `maxPods`.
      if view.spec.allocatable["pods"] == nil { view.spec.allocatable["pods"] = Quantity(110) }
    }
  }

  public var rows: [Row] = []

  init(_ specs: [NodeSpec]) { rows = specs.map { Row($0) } }

  public func id(_ name: String) -> NodeID? {
    rows.firstIndex { $0.spec.name == name }.map { NodeID($0) }
  }
}

public import ClusterAPI
import Control
public import Units

/// What a watcher sees of a node.
public struct NodeView: Hashable, Sendable {
  public var spec: NodeSpec
  /// The Ready condition, as the API server holds it.
  public var ready: Condition.Status
  /// Devices that the kubelet offers to nobody.
  public var unhealthy: ResourceList = [:]

  /// What there is for pods.
  public var allocatable: ResourceList {
    var rest = spec.allocatable
    for (resource, amount) in unhealthy {
      rest[resource] = Quantity(max(0, (rest[resource]?.value ?? 0) - amount.value))
    }
    return rest
  }

  public init(_ spec: NodeSpec, ready: Condition.Status = .yes) {
    self.spec = spec
    self.ready = ready
  }
}

/// Nodes as rows by dense id.
public struct NodeTable: Sendable {
  public struct Row: Sendable {
    public var view: NodeView
    /// What is wrong with the node, in the order in which it began.
    public internal(set) var troubles: [Trouble] = []
    /// Images that have been pulled.
    public var images: [ImageID] = []
    /// GPUs and their like, one pool for each extended resource.
    public internal(set) var devices: [DevicePool]
    var lease = NodeLease(first: .zero, interval: .seconds(10))
    /// The object is gone; the row stays, so that ids never change meaning.
    public internal(set) var isDeleted = false
    /// Raised when the machine goes or returns; events carry the one they were made under.
    var generation: UInt16 = 0

    /// The machine and its kubelet work.
    public var alive: Bool { !troubles.contains { $0.kind == .crash } }

    public var spec: NodeSpec {
      get { view.spec }
      set { view.spec = newValue }
    }

    init(_ spec: NodeSpec) {
      view = NodeView(spec)
      // The kubelet's `maxPods`.
      if view.spec.allocatable["pods"] == nil { view.spec.allocatable["pods"] = Quantity(110) }
      devices = DevicePool.pools(spec.allocatable)
    }

    /// The share of the CPU that is not there for pods.
    var hogged: Ratio {
      var share: Int64 = 0
      for trouble in troubles {
        if case .cpuHog(let ratio) = trouble.kind { share += ratio.ppm }
      }
      return min(Ratio(ppm: share), .one)
    }
  }

  /// Something that is wrong with a node, and by what selection it came to it.
  public struct Trouble: Hashable, Sendable {
    public var kind: NodeTrouble
    public var selection: NodeSelection
  }

  public var rows: [Row] = []

  init(_ specs: [NodeSpec]) { rows = specs.map { Row($0) } }

  public func id(_ name: String) -> NodeID? {
    rows.firstIndex { $0.spec.name == name && !$0.isDeleted }.map { NodeID($0) }
  }
}

import ClusterAPI
public import Units

/// Which nodes something happens to.
public struct NodeSelection: Hashable, Sendable {
  /// A name; `*` stands for any characters.
  public var name: String
  /// The label `topology.kubernetes.io/zone`; nil: any.
  public var zone: String?
  /// The node that this pod is on; nil: any.
  public var holding: PodReference?
  /// So many of them, drawn; nil: all.
  public var count: Int?

  public init(
    name: String = "*", zone: String? = nil, holding: PodReference? = nil, count: Int? = nil
  ) {
    self.holding = holding
    self.name = name
    self.zone = zone
    self.count = count
  }

  func matches(_ spec: NodeSpec) -> Bool {
    Wildcard.matches(name, spec.name)
      && (zone == nil || spec.labels["topology.kubernetes.io/zone"] == zone)
  }
}

/// What is wrong with a node for a while.
public enum NodeTrouble: Hashable, Sendable {
  /// The machine is off: its processes are gone, and nobody answers.
  case crash
  /// Something outside the pods uses this share of the node's CPU.
  case cpuHog(Ratio)
  /// One of its GPUs, from 0, fails with NVIDIA's code.
  case gpu(Int, xid: Int)
  /// Somebody drains it.
  case drain
  /// It takes no new pods: no room, or cordoned.
  case cordon
}

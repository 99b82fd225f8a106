/// A plugin of the scheduler's default profile that filters or scores.
public enum SchedulerPlugin: String, Hashable, Sendable, CaseIterable {
  case nodeUnschedulable = "NodeUnschedulable"
  case nodeName = "NodeName"
  case taintToleration = "TaintToleration"
  case nodeAffinity = "NodeAffinity"
  case nodePorts = "NodePorts"
  case nodeResourcesFit = "NodeResourcesFit"
  case volumeBinding = "VolumeBinding"
  case podTopologySpread = "PodTopologySpread"
  case interPodAffinity = "InterPodAffinity"
  case nodeResourcesBalancedAllocation = "NodeResourcesBalancedAllocation"
  case imageLocality = "ImageLocality"

  /// The weight of the plugin's score in the default profile.
  public var weight: Int64 {
    switch self {
    case .taintToleration: 3
    case .nodeAffinity, .podTopologySpread, .interPodAffinity: 2
    case .nodeResourcesFit, .nodeResourcesBalancedAllocation, .imageLocality: 1
    case .nodeUnschedulable, .nodeName, .nodePorts, .volumeBinding: 0
    }
  }
}

/// Why a node does not take a pod: the first failing filter in the profile's order.
public enum RejectionReason: UInt8, Hashable, Sendable {
  /// The pod's affinity names other nodes; the filters do not even see this one.
  case notNamedByAffinity = 1
  case unschedulable
  case otherNodeName
  case untoleratedTaint
  case nodeAffinity
  case hostPorts
  case resources
  case volumeZone
  case spreadLabelMissing
  case spreadSkew
  case podAffinity
  case podAntiAffinity
  case existingPodsAntiAffinity

  public var plugin: SchedulerPlugin {
    switch self {
    case .unschedulable: .nodeUnschedulable
    case .otherNodeName: .nodeName
    case .untoleratedTaint: .taintToleration
    case .notNamedByAffinity, .nodeAffinity: .nodeAffinity
    case .hostPorts: .nodePorts
    case .resources: .nodeResourcesFit
    case .volumeZone: .volumeBinding
    case .spreadLabelMissing, .spreadSkew: .podTopologySpread
    case .podAffinity, .podAntiAffinity, .existingPodsAntiAffinity: .interPodAffinity
    }
  }

  /// Kubernetes' words; empty for `resources`, whose words name what is lacking.
  public var text: String {
    switch self {
    case .notNamedByAffinity: "node(s) didn't satisfy plugin(s) [NodeAffinity]"
    case .unschedulable: "node(s) were unschedulable"
    case .otherNodeName: "node(s) didn't match the requested node name"
    case .untoleratedTaint: "node(s) had untolerated taint(s)"
    case .nodeAffinity: "node(s) didn't match Pod's node affinity/selector"
    case .hostPorts: "node(s) didn't have free ports for the requested pod ports"
    case .resources: ""
    case .volumeZone: "node(s) didn't match PersistentVolume's node affinity"
    case .spreadLabelMissing:
      "node(s) didn't match pod topology spread constraints (missing required label)"
    case .spreadSkew: "node(s) didn't match pod topology spread constraints"
    case .podAffinity: "node(s) didn't match pod affinity rules"
    case .podAntiAffinity: "node(s) didn't match pod anti-affinity rules"
    case .existingPodsAntiAffinity: "node(s) didn't satisfy existing pods anti-affinity rules"
    }
  }

  /// Whether removing pods from the node cannot help; resources decide for themselves.
  var isUnresolvable: Bool {
    switch self {
    case .notNamedByAffinity, .unschedulable, .otherNodeName, .untoleratedTaint, .nodeAffinity,
      .volumeZone, .spreadLabelMissing, .podAffinity:
      true
    case .hostPorts, .resources, .spreadSkew, .podAntiAffinity, .existingPodsAntiAffinity: false
    }
  }
}

/// A node that does not take the pod, and why.
public struct NodeRejection: Hashable, Sendable {
  /// The node's index.
  public var node: Int32
  public var reason: RejectionReason
  /// `UnschedulableAndUnresolvable`: no eviction can make room.
  public var isUnresolvable: Bool
  /// For `resources`: bit 0 says that there are too many pods, bit i + 1 that resource i is short.
  var lacking: UInt64

  init(node: Int32, reason: RejectionReason) {
    self.node = node
    self.reason = reason
    isUnresolvable = reason.isUnresolvable
    lacking = 0
  }

  init(node: Int32, lacking: UInt64, isUnresolvable: Bool) {
    self.node = node
    reason = .resources
    self.isUnresolvable = isUnresolvable
    self.lacking = lacking
  }

  /// Resources from this one on share a bit.
  static let resourcesMax = 62

  /// Kubernetes' words, one or more.
  ///
  /// - Parameter resourceNames: by the indices of the cache that decided.
  public func texts(resourceNames: [String]) -> [String] {
    if reason != .resources { return [reason.text] }
    var texts = lacking & 1 != 0 ? ["Too many pods"] : []
    for (index, name) in resourceNames.prefix(NodeRejection.resourcesMax).enumerated()
    where lacking & (2 << UInt64(index)) != 0 {
      texts.append("Insufficient \(name)")
    }
    if lacking & (1 << 63) != 0 { texts.append("Insufficient extended resources") }
    return texts
  }
}

import ClusterAPI

/// What the objects of the nodes say to pods that ask for nodes alike, whatever else they are.
///
/// The pods of most templates ask for none in particular: with one table for all of them, nodes and
/// templates do not multiply.
struct NodeVerdicts: Sendable {
  /// What pods ask of a node's object.
  struct Wishes: Hashable, Sendable {
    var tolerations: [Toleration]
    var required: RequiredNodeAffinity
    var preferred: [PreferredSchedulingTerm]
    /// The node that the spec names itself.
    var nodeName: String?

    init(_ pod: SchedulingPod) {
      tolerations = pod.tolerations
      required = RequiredNodeAffinity(pod)
      preferred = pod.affinity.node?.preferred ?? []
      nodeName = pod.nodeName
    }
  }

  let wishes: Wishes
  /// By node; raw value of a `RejectionReason`, 0: nothing.
  private(set) var verdicts: [UInt8] = []
  /// By node: untolerated `PreferNoSchedule` taints; empty while there are none anywhere.
  private(set) var softTaints: [Int32] = []
  /// By node: weights of matching preferred node affinity terms; empty without such terms.
  private(set) var preferences: [Int64] = []
  /// Position in the cache's list of changed nodes.
  private var seenChanges = 0
  private let nodeNames: [String]?
  private let toleratesUnschedulable: Bool

  init(_ wishes: Wishes) {
    self.wishes = wishes
    nodeNames = wishes.required.nodeNames
    toleratesUnschedulable = wishes.tolerations.tolerate(
      Taint(key: "node.kubernetes.io/unschedulable", effect: .noSchedule))
  }

  /// Brings it up to date with the nodes that changed since it was asked last.
  mutating func follow(_ nodes: [SchedulingNode?], changed: [Int32]) {
    while verdicts.count < nodes.count {
      verdicts.append(RejectionReason.nodeAffinity.rawValue)
      if !wishes.preferred.isEmpty { preferences.append(0) }
    }
    while seenChanges < changed.count {
      let at = Int(changed[seenChanges])
      seenChanges += 1
      guard let node = nodes[at] else { continue }
      verdicts[at] = verdict(node)?.rawValue ?? 0
      if !wishes.preferred.isEmpty { preferences[at] = preference(node) }
      let soft = Int32(wishes.tolerations.intolerableSoftCount(node.taints))
      if soft > 0 || at < softTaints.count {
        while softTaints.count <= at { softTaints.append(0) }
        softTaints[at] = soft
      }
    }
  }

  /// What the filters that look at the node's object alone say, in the profile's order.
  private func verdict(_ node: SchedulingNode) -> RejectionReason? {
    if let nodeNames, !nodeNames.contains(node.name) { return .notNamedByAffinity }
    if node.unschedulable, !toleratesUnschedulable { return .unschedulable }
    if let name = wishes.nodeName, !name.isEmpty, name != node.name { return .otherNodeName }
    if wishes.tolerations.firstUntolerated(node.taints) != nil { return .untoleratedTaint }
    if !wishes.required.matches(node) { return .nodeAffinity }
    return nil
  }

  /// The sum of the weights of the preferred terms that match the node.
  private func preference(_ node: SchedulingNode) -> Int64 {
    var sum: Int64 = 0
    for preferred in wishes.preferred where preferred.preference.matches(node) {
      sum += preferred.weight
    }
    return sum
  }
}

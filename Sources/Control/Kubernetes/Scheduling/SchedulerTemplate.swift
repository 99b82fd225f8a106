import ClusterAPI

/// What the cache keeps for one kind of pod: its counters, and its verdict on every node.
struct SchedulerTemplate: Sendable {
  struct Amount: Sendable {
    var resource: Int
    var amount: Int64
  }

  /// A hard spread constraint (`DoNotSchedule`).
  struct HardConstraint: Sendable {
    var counter: Int
    var topology: Int
    var maxSkew: Int64
    var minDomains: Int64
    /// Whether the pod itself counts.
    var isSelfMatching: Bool
  }

  /// A soft spread constraint (`ScheduleAnyway`).
  struct SoftConstraint: Sendable {
    var counter: Int
    var topology: Int
    var maxSkew: Int64
    var isHostname: Bool
  }

  /// A count near a node that decides.
  struct NearbyTerm: Sendable {
    var counter: Int
    var topology: Int
  }

  /// A count near a node that adds to its score.
  struct WeightedTerm: Sendable {
    var counter: Int
    var topology: Int
    var weight: Int64
  }

  let pod: SchedulingPod
  let group: Int
  /// Requests besides cpu and memory.
  var others: [Amount] = []
  var images: [Int] = []

  var hard: [HardConstraint] = []
  var soft: [SoftConstraint] = []
  /// Whether nodes that lack the key of a soft constraint are left out (not for built-in ones).
  var softNeedsAllKeys = false

  var requiredAffinity: [NearbyTerm] = []
  var matchesOwnAffinity = false
  var requiredAntiAffinity: [NearbyTerm] = []
  /// Anti-affinity of placed pods that means this pod.
  var existingAntiAffinity: [NearbyTerm] = []
  var nearbyScores: [WeightedTerm] = []
  /// Groups whose terms have been looked at.
  var seenGroups = 0

  /// By node: what the node's object alone says; raw value of a `RejectionReason`, 0: nothing.
  var verdicts: [UInt8] = []
  /// By node: untolerated `PreferNoSchedule` taints; empty while there are none anywhere.
  var softTaints: [Int32] = []
  /// By node: weights of matching preferred node affinity terms; empty without such terms.
  var preferences: [Int64] = []
  /// Position in the cache's list of changed nodes.
  var seenChanges = 0

  let requiredNodeAffinity: RequiredNodeAffinity
  let nodeNames: [String]?
  let toleratesUnschedulable: Bool

  init(_ pod: SchedulingPod, group: Int) {
    self.pod = pod
    self.group = group
    requiredNodeAffinity = RequiredNodeAffinity(pod)
    nodeNames = requiredNodeAffinity.nodeNames
    toleratesUnschedulable = pod.tolerations.tolerate(
      Taint(key: "node.kubernetes.io/unschedulable", effect: .noSchedule))
  }

  /// What the filters that look at the node's object alone say, in the profile's order.
  func verdict(_ node: SchedulingNode) -> RejectionReason? {
    if let nodeNames, !nodeNames.contains(node.name) { return .notNamedByAffinity }
    if node.unschedulable, !toleratesUnschedulable { return .unschedulable }
    if let name = pod.nodeName, !name.isEmpty, name != node.name { return .otherNodeName }
    if pod.tolerations.firstUntolerated(node.taints) != nil { return .untoleratedTaint }
    if !requiredNodeAffinity.matches(node) { return .nodeAffinity }
    return nil
  }

  /// The sum of the weights of the preferred terms that match the node.
  func preference(_ node: SchedulingNode) -> Int64 {
    var sum: Int64 = 0
    for preferred in pod.affinity.node?.preferred ?? [] where preferred.preference.matches(node) {
      sum += preferred.weight
    }
    return sum
  }
}

extension SchedulerCache {
  /// Brings a template's verdicts up to date with the nodes that changed since its last cycle.
  mutating func follow(_ index: Int) {
    order.settle()
    let wantsPreferences = !(templates[index].pod.affinity.node?.preferred ?? []).isEmpty
    while templates[index].verdicts.count < nodes.count {
      templates[index].verdicts.append(RejectionReason.nodeAffinity.rawValue)
      if wantsPreferences { templates[index].preferences.append(0) }
    }
    while templates[index].seenChanges < changedNodes.count {
      let at = Int(changedNodes[templates[index].seenChanges])
      templates[index].seenChanges += 1
      guard let node = nodes[at] else { continue }
      templates[index].verdicts[at] = templates[index].verdict(node)?.rawValue ?? 0
      if wantsPreferences { templates[index].preferences[at] = templates[index].preference(node) }
      let soft = Int32(templates[index].pod.tolerations.intolerableSoftCount(node.taints))
      if soft > 0 || at < templates[index].softTaints.count {
        while templates[index].softTaints.count <= at { templates[index].softTaints.append(0) }
        templates[index].softTaints[at] = soft
      }
    }
    followGroups(index)
  }
}

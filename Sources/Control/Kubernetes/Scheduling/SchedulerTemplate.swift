import ClusterAPI

/// What the cache keeps for one kind of pod: its counters, and where the verdicts on the nodes are.
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
  /// Of the groups with terms, those that have been looked at.
  var seenGroups = 0

  /// Its row among the cache's verdicts on the nodes.
  let verdicts: Int
  let nodeNames: [String]?

  init(_ pod: SchedulingPod, group: Int, verdicts: Int) {
    self.pod = pod
    self.group = group
    self.verdicts = verdicts
    nodeNames = RequiredNodeAffinity(pod).nodeNames
  }
}

extension SchedulerCache {
  /// Brings a template's verdicts up to date with the nodes that changed since its last cycle.
  mutating func follow(_ index: Int) {
    order.settle()
    verdicts[templates[index].verdicts].follow(nodes, changed: changedNodes)
    followGroups(index)
  }
}

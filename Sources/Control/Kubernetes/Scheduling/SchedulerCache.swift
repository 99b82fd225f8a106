import ClusterAPI

/// The scheduler's view of the cluster, and its decisions (kube-scheduler 1.36, default profile).
///
/// A plain value: the world advances it by what its watch shows and asks `decide`. Everything that a
/// decision needs is kept as aggregates that change with each placed pod, so a cycle costs
/// O(nodes looked at), and neither the number of placed pods nor that of templates enters.
///
/// ```swift
/// var cache = SchedulerCache()
/// cache.setNode(0, SchedulingNode(node))
/// let web = cache.addTemplate(SchedulingPod(namespace: "default", labels: labels, spec: spec))
/// let decision = cache.decide(web)
/// cache.place(web, on: Int(decision.best[0]))
/// ```
public struct SchedulerCache: Sendable {
  /// What the filters and scores read of every node, side by side.
  struct Usage: Sendable {
    var allocatableMilliCPU: Int64 = 0
    var allocatableMemory: Int64 = 0
    var requestedMilliCPU: Int64 = 0
    var requestedMemory: Int64 = 0
    var nonZeroMilliCPU: Int64 = 0
    var nonZeroMemory: Int64 = 0
    var allowedPods: Int64 = 0
    var pods: Int64 = 0
  }

  struct GroupCount: Sendable {
    var group: Int32
    var count: Int32
    var terminating: Int32
  }

  public let options: SchedulerOptions
  /// Resource names by index: cpu, memory, and then others as they appear.
  public internal(set) var resourceNames = ["cpu", "memory"]
  /// By node; `nil`: no such node now.
  var nodes: [SchedulingNode?] = []
  var usage: [Usage] = []
  /// By node, then by resource index - 2.
  var otherAllocatable: [[Int64]] = []
  var otherRequested: [[Int64]] = []
  var hostPorts: [[SchedulingPod.HostPort]] = []
  /// Pods by group on each node.
  var placed: [[GroupCount]] = []
  var order = NodeOrder()
  /// Nodes whose object changed, in order: templates follow it with a cursor.
  var changedNodes: [Int32] = []
  var topologies: [Topology] = []
  var groups: [PodGroup] = []
  var groupIndex: [PodGroup: Int] = [:]
  /// By group: its pods on all nodes.
  var groupTotals: [Int32] = []
  /// Those that have terms of their own.
  var groupsWithAffinity: [Int] = []
  var counters: [PodCounter] = []
  var counterIndex: [PodCounter.Key: Int] = [:]
  /// The first counter of those that count on the same nodes in the same domains.
  var counterOnNodes: [PodCounter.Place: Int] = [:]
  /// By group: the counters that count its pods.
  var countersOfGroup: [[Int]] = []
  var templates: [SchedulerTemplate] = []
  var verdicts: [NodeVerdicts] = []
  var verdictsIndex: [NodeVerdicts.Wishes: Int] = [:]
  var images = ImageTable()
  /// Where the next search begins in `order`.
  public internal(set) var nextStart = 0

  let scoredResources: [ScoredResource]
  let balancedResources: [ScoredResource]

  /// A resource of a scoring strategy, by index.
  struct ScoredResource: Sendable {
    var resource: Int
    var weight: Int64
  }

  public init(options: SchedulerOptions = SchedulerOptions()) {
    self.options = options
    var names = ["cpu", "memory"]
    func index(_ each: ResourceWeight) -> ScoredResource {
      if let known = names.firstIndex(of: each.name) {
        return ScoredResource(resource: known, weight: each.weight)
      }
      names.append(each.name)
      return ScoredResource(resource: names.count - 1, weight: each.weight)
    }
    scoredResources = options.scoringStrategy.resources.map(index)
    balancedResources = options.balancedResources.map(index)
    resourceNames = names
  }

  /// The number of nodes that exist.
  public var nodeCount: Int { order.count }

  mutating func resourceIndex(_ name: String) -> Int {
    if let known = resourceNames.firstIndex(of: name) { return known }
    resourceNames.append(name)
    return resourceNames.count - 1
  }

  mutating func topologyIndex(_ key: String) -> Int {
    if let known = topologies.firstIndex(where: { $0.key == key }) { return known }
    var topology = Topology(key: key)
    for (index, node) in nodes.enumerated() { topology.setValue(node?.labels[key], of: index) }
    topologies.append(topology)
    return topologies.count - 1
  }
}

import ClusterAPI

/// Counts of some placed pods per domain of a topology, kept up to date pod by pod.
///
/// Spreading and affinity ask "how many pods of this kind are in the domain of that node"; with
/// counters a scheduling cycle costs O(nodes), however many pods are placed.
struct PodCounter: Sendable {
  /// Which pods are counted.
  enum Matcher: Hashable, Sendable {
    /// Pods of a namespace that a selector chooses; `nil` chooses none.
    case selector(namespace: String, LabelSelector?)
    /// Pods that all of these terms mean.
    case terms([AffinityTerm])
    /// Pods of one group.
    case group(Int)
  }

  /// On which nodes pods are counted.
  struct Eligibility: Hashable, Sendable {
    /// Topologies whose label the node must have.
    var topologies: [Int] = []
    /// `nodeAffinityPolicy: Honor`.
    var affinity: RequiredNodeAffinity?
    /// `nodeTaintsPolicy: Honor`.
    var tolerations: [Toleration]?

    func holds(_ node: SchedulingNode) -> Bool {
      if let affinity, !affinity.matches(node) { return false }
      if let tolerations, tolerations.firstUntolerated(node.taints) != nil { return false }
      return true
    }
  }

  struct Key: Hashable, Sendable {
    var matcher: Matcher
    var topology: Int
    var eligibility: Eligibility
    /// Spreading does not count terminating pods, affinity does.
    var countsTerminating: Bool
  }

  /// Of a key, what says in which domain a node is.
  struct Place: Hashable, Sendable {
    var topology: Int
    var eligibility: Eligibility

    init(_ key: Key) {
      topology = key.topology
      eligibility = key.eligibility
    }
  }

  let key: Key
  /// By group.
  private(set) var matches: [Bool] = []
  /// By node: its domain where pods on it are counted, else -1.
  private(set) var domainOfNode: [Int32] = []
  /// Counted pods by domain.
  private(set) var counts: [Int64] = []
  /// Eligible nodes by domain.
  private(set) var nodeCounts: [Int32] = []
  /// All counted pods.
  private(set) var total: Int64 = 0

  init(key: Key) { self.key = key }

  /// Learns of a group; returns whether its pods are counted.
  mutating func addGroup(_ group: PodGroup) -> Bool {
    let index = matches.count
    let isCounted =
      switch key.matcher {
      case .selector(let namespace, let selector):
        group.namespace == namespace && (selector?.matches(group.labels) ?? false)
      case .terms(let terms): !terms.isEmpty && terms.allSatisfy { $0.matches(group) }
      case .group(let only): only == index
      }
    matches.append(isCounted)
    return isCounted
  }

  /// Adds pods (a negative number removes) on a node.
  @inline(__always)
  mutating func add(_ count: Int64, on node: Int) {
    let domain = domainOfNode[node]
    if domain < 0 { return }
    counts[Int(domain)] += count
    total += count
  }

  /// Becomes a counter without pods in the domains of one with the same place.
  mutating func takeNodes(of other: PodCounter) {
    domainOfNode = other.domainOfNode
    nodeCounts = other.nodeCounts
    counts = Array(repeating: 0, count: other.counts.count)
  }

  /// A node joins the given domain (-1: it is not eligible).
  mutating func setDomain(_ domain: Int32, of node: Int) {
    while domainOfNode.count <= node { domainOfNode.append(-1) }
    let old = domainOfNode[node]
    if old == domain { return }
    if old >= 0 { nodeCounts[Int(old)] -= 1 }
    domainOfNode[node] = domain
    if domain >= 0 {
      while counts.count <= Int(domain) {
        counts.append(0)
        nodeCounts.append(0)
      }
      nodeCounts[Int(domain)] += 1
    }
  }

  /// The number of domains with an eligible node, and the smallest count among them.
  var minimum: (domains: Int, count: Int64) {
    var domains = 0
    var least = Int64.max
    for (domain, nodes) in nodeCounts.enumerated() where nodes > 0 {
      domains += 1
      least = min(least, counts[domain])
    }
    return (domains, least)
  }
}

/// One condition on a node's labels or fields.
public struct NodeSelectorRequirement: Hashable, Sendable {
  /// How the node's value is compared with the values given.
  public enum Operator: Hashable, Sendable {
    case `in`
    case notIn
    case exists
    case doesNotExist
    /// The node's value as an integer is above the one value given.
    case greaterThan
    /// The node's value as an integer is below the one value given.
    case lessThan
    /// A word that Kubernetes does not know: matches nothing.
    case other(String)

    public init(_ raw: String) {
      switch raw {
      case "In": self = .in
      case "NotIn": self = .notIn
      case "Exists": self = .exists
      case "DoesNotExist": self = .doesNotExist
      case "Gt": self = .greaterThan
      case "Lt": self = .lessThan
      default: self = .other(raw)
      }
    }

    /// The word in a manifest.
    public var raw: String {
      switch self {
      case .in: "In"
      case .notIn: "NotIn"
      case .exists: "Exists"
      case .doesNotExist: "DoesNotExist"
      case .greaterThan: "Gt"
      case .lessThan: "Lt"
      case .other(let raw): raw
      }
    }
  }

  public var key: String
  public var op: Operator
  public var values: [String]

  public init(key: String, op: Operator, values: [String] = []) {
    self.key = key
    self.op = op
    self.values = values
  }
}

/// Conditions that must all hold for a node; a term without any matches no node.
public struct NodeSelectorTerm: Hashable, Sendable {
  public var matchExpressions: [NodeSelectorRequirement]
  /// Conditions on fields; Kubernetes knows `metadata.name`.
  public var matchFields: [NodeSelectorRequirement]

  public init(
    matchExpressions: [NodeSelectorRequirement] = [], matchFields: [NodeSelectorRequirement] = []
  ) {
    self.matchExpressions = matchExpressions
    self.matchFields = matchFields
  }
}

/// A wish for nodes, with its weight (1...100).
public struct PreferredSchedulingTerm: Hashable, Sendable {
  public var weight: Int64
  public var preference: NodeSelectorTerm

  public init(weight: Int64, preference: NodeSelectorTerm) {
    self.weight = weight
    self.preference = preference
  }
}

/// Which nodes a pod needs and which it prefers.
public struct NodeAffinity: Hashable, Sendable {
  /// At least one term must match; `nil`: no requirement; empty: no node matches.
  public var required: [NodeSelectorTerm]?
  public var preferred: [PreferredSchedulingTerm]

  public init(required: [NodeSelectorTerm]? = nil, preferred: [PreferredSchedulingTerm] = []) {
    self.required = required
    self.preferred = preferred
  }
}

/// A set of pods, and the node label within whose equal values a pod is near them.
public struct PodAffinityTerm: Hashable, Sendable {
  /// `nil` matches no pod.
  public var labelSelector: LabelSelector?
  public var namespaces: [String]
  /// `nil`: no further namespaces; empty: all namespaces.
  public var namespaceSelector: LabelSelector?
  public var topologyKey: String
  /// Keys whose values the incoming pod adds to the selector as `In`.
  public var matchLabelKeys: [String]
  /// Keys whose values the incoming pod adds to the selector as `NotIn`.
  public var mismatchLabelKeys: [String]

  public init(
    labelSelector: LabelSelector?, namespaces: [String] = [],
    namespaceSelector: LabelSelector? = nil, topologyKey: String, matchLabelKeys: [String] = [],
    mismatchLabelKeys: [String] = []
  ) {
    self.labelSelector = labelSelector
    self.namespaces = namespaces
    self.namespaceSelector = namespaceSelector
    self.topologyKey = topologyKey
    self.matchLabelKeys = matchLabelKeys
    self.mismatchLabelKeys = mismatchLabelKeys
  }
}

/// A wish to be near, or away from, pods, with its weight (1...100).
public struct WeightedPodAffinityTerm: Hashable, Sendable {
  public var weight: Int64
  public var term: PodAffinityTerm

  public init(weight: Int64, term: PodAffinityTerm) {
    self.weight = weight
    self.term = term
  }
}

/// Which pods a pod must or would like to be near; as anti-affinity: away from.
public struct PodAffinity: Hashable, Sendable {
  public var required: [PodAffinityTerm]
  public var preferred: [WeightedPodAffinityTerm]

  public init(required: [PodAffinityTerm] = [], preferred: [WeightedPodAffinityTerm] = []) {
    self.required = required
    self.preferred = preferred
  }
}

/// The affinities of a pod.
public struct Affinity: Hashable, Sendable {
  public var node: NodeAffinity?
  public var pod: PodAffinity?
  public var podAnti: PodAffinity?

  public init(node: NodeAffinity? = nil, pod: PodAffinity? = nil, podAnti: PodAffinity? = nil) {
    self.node = node
    self.pod = pod
    self.podAnti = podAnti
  }
}

/// How evenly matching pods are to be spread over the values of a node label.
public struct TopologySpreadConstraint: Hashable, Sendable {
  /// What happens when the skew would be exceeded.
  public enum WhenUnsatisfiable: String, Hashable, Sendable {
    case doNotSchedule = "DoNotSchedule"
    case scheduleAnyway = "ScheduleAnyway"
  }

  /// Whether nodes that the pod cannot use count as domains.
  public enum NodePolicy: String, Hashable, Sendable {
    case honor = "Honor"
    case ignore = "Ignore"
  }

  public var maxSkew: Int64
  public var topologyKey: String
  public var whenUnsatisfiable: WhenUnsatisfiable
  /// `nil` matches no pod.
  public var labelSelector: LabelSelector?
  /// With fewer eligible domains than this the global minimum counts as 0; `nil`: 1.
  public var minDomains: Int64?
  public var nodeAffinityPolicy: NodePolicy
  public var nodeTaintsPolicy: NodePolicy
  /// Keys whose values the incoming pod adds to the selector as `In`.
  public var matchLabelKeys: [String]

  public init(
    maxSkew: Int64, topologyKey: String, whenUnsatisfiable: WhenUnsatisfiable,
    labelSelector: LabelSelector?, minDomains: Int64? = nil,
    nodeAffinityPolicy: NodePolicy = .honor, nodeTaintsPolicy: NodePolicy = .ignore,
    matchLabelKeys: [String] = []
  ) {
    self.maxSkew = maxSkew
    self.topologyKey = topologyKey
    self.whenUnsatisfiable = whenUnsatisfiable
    self.labelSelector = labelSelector
    self.minDomains = minDomains
    self.nodeAffinityPolicy = nodeAffinityPolicy
    self.nodeTaintsPolicy = nodeTaintsPolicy
    self.matchLabelKeys = matchLabelKeys
  }
}

import ClusterAPI

// How node selectors match nodes (`component-helpers/scheduling/corev1/nodeaffinity`).

extension NodeSelectorRequirement {
  /// Whether a node's value (`nil`: it has none) meets the requirement.
  func matches(_ value: String?) -> Bool {
    switch op {
    case .in: return value.map(values.contains) ?? false
    case .notIn: return value.map { !values.contains($0) } ?? true
    case .exists: return value != nil
    case .doesNotExist: return value == nil
    case .greaterThan, .lessThan:
      guard let value, let found = Int64(value), values.count == 1, let limit = Int64(values[0])
      else { return false }
      return op == .greaterThan ? found > limit : found < limit
    case .other: return false
    }
  }
}

extension NodeSelectorTerm {
  /// Whether all conditions hold; a term without conditions matches nothing.
  func matches(_ node: SchedulingNode) -> Bool {
    if matchExpressions.isEmpty, matchFields.isEmpty { return false }
    return matchExpressions.allSatisfy { $0.matches(node.labels[$0.key]) }
      && matchFields.allSatisfy { $0.matches($0.key == "metadata.name" ? node.name : nil) }
  }

  /// The node names that this term is limited to; `nil`: not limited by name.
  var nodeNames: [String]? {
    var names: [String]?
    for field in matchFields where field.key == "metadata.name" && field.op == .in {
      names = names.map { $0.filter(field.values.contains) } ?? field.values
    }
    return names
  }
}

/// The part of a pod's spec that a node must match: `nodeSelector` and required node affinity.
struct RequiredNodeAffinity: Hashable, Sendable {
  var nodeSelector: Labels
  var terms: [NodeSelectorTerm]?

  init(_ pod: SchedulingPod) {
    nodeSelector = pod.nodeSelector
    terms = pod.affinity.node?.required
  }

  func matches(_ node: SchedulingNode) -> Bool {
    for (key, value) in nodeSelector where node.labels[key] != value { return false }
    guard let terms else { return true }
    return terms.contains { $0.matches(node) }
  }

  /// The node names that the pod is limited to, when each term limits them (`NodeAffinity.PreFilter`).
  var nodeNames: [String]? {
    guard let terms, !terms.isEmpty else { return nil }
    var names: [String] = []
    for term in terms {
      guard let limited = term.nodeNames else { return nil }
      names += limited
    }
    return names
  }
}

import ClusterAPI

/// One affinity term, with the namespaces it means and the selector that it came to mean.
struct AffinityTerm: Hashable, Sendable {
  var namespaces: [String]
  var namespaceSelector: LabelSelector?
  var selector: LabelSelector?
  var topologyKey: String

  /// `matchLabelKeys` and `mismatchLabelKeys` become conditions on the pod's own values, as at the
  /// pod's creation.
  init(_ term: PodAffinityTerm, namespace: String, labels: Labels) {
    let onlyOwn = term.namespaces.isEmpty && term.namespaceSelector == nil
    namespaces = onlyOwn ? [namespace] : term.namespaces
    namespaceSelector = term.namespaceSelector
    topologyKey = term.topologyKey
    selector = term.labelSelector
    for key in term.matchLabelKeys {
      guard let value = labels[key] else { continue }
      selector?.matchExpressions.append(.init(key: key, op: .in, values: [value]))
    }
    for key in term.mismatchLabelKeys {
      guard let value = labels[key] else { continue }
      selector?.matchExpressions.append(.init(key: key, op: .notIn, values: [value]))
    }
  }

  /// Whether the term means a pod like those of `group` (`AffinityTerm.Matches`).
  func matches(_ group: PodGroup) -> Bool {
    guard let selector else { return false }
    let inNamespace =
      namespaces.contains(group.namespace)
      || (namespaceSelector?.matches(group.namespaceLabels) ?? false)
    return inNamespace && selector.matches(group.labels)
  }
}

/// Pods that no selector and no affinity can tell apart.
struct PodGroup: Hashable, Sendable {
  struct Weighted: Hashable, Sendable {
    var term: AffinityTerm
    var weight: Int64
  }

  var namespace: String
  var namespaceLabels: Labels
  var labels: Labels
  var requiredAffinity: [AffinityTerm]
  var requiredAntiAffinity: [AffinityTerm]
  /// Preferred terms; anti-affinity with a negative weight.
  var preferred: [Weighted]

  init(_ pod: SchedulingPod) {
    namespace = pod.namespace
    namespaceLabels = pod.namespaceLabels
    labels = pod.labels
    func term(_ source: PodAffinityTerm) -> AffinityTerm {
      AffinityTerm(source, namespace: pod.namespace, labels: pod.labels)
    }
    requiredAffinity = (pod.affinity.pod?.required ?? []).map(term)
    requiredAntiAffinity = (pod.affinity.podAnti?.required ?? []).map(term)
    preferred =
      (pod.affinity.pod?.preferred ?? []).map {
        Weighted(term: term($0.term), weight: $0.weight)
      }
      + (pod.affinity.podAnti?.preferred ?? []).map {
        Weighted(term: term($0.term), weight: -$0.weight)
      }
  }

  var hasAffinity: Bool {
    !requiredAffinity.isEmpty || !requiredAntiAffinity.isEmpty || !preferred.isEmpty
  }
}

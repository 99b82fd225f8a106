import ClusterAPI

/// A label within a namespace, as indexes keep it.
struct LabelPlace: Hashable, Sendable {
  var namespace: String
  var key: String
  var value: String
}

/// Owners of pods by the labels that their pods have, so that a selector looks at few of them.
///
/// It only grows, as owners do: a row's labels never change.
struct OwnerIndex: Sendable {
  /// By owner: the labels of its pods, but for those that tell one of them from the others.
  private(set) var labels: [Labels] = []
  /// Owners in ascending order, as in the next.
  private var byLabel: [LabelPlace: [Int]] = [:]
  private var byNamespace: [String: [Int]] = [:]

  mutating func append(_ labels: Labels, namespace: String) {
    let owner = self.labels.count
    self.labels.append(labels)
    byNamespace[namespace, default: []].append(owner)
    for (key, value) in labels {
      byLabel[LabelPlace(namespace: namespace, key: key, value: value), default: []].append(owner)
    }
  }

  /// Owners whose pods a selector lists, in ascending order, whether they have any or not.
  func owners(selectedBy selector: LabelSelector, namespace: String) -> [Int] {
    var fewest: [Int]?
    for (key, value) in selector.matchLabels {
      let place = LabelPlace(namespace: namespace, key: key, value: value)
      guard let found = byLabel[place] else { return [] }
      if found.count < fewest?.count ?? .max { fewest = found }
    }
    return (fewest ?? byNamespace[namespace] ?? []).filter { selector.matches(labels[$0]) }
  }
}

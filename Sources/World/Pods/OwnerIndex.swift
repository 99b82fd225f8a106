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
  private var byWorkload: [WorkloadPlace: [Int]] = [:]
  /// The latest that was made for an object.
  private var byUID: [UInt64: Int] = [:]

  private struct WorkloadPlace: Hashable {
    var kind: Kind
    var row: UInt32
  }

  mutating func append(_ row: PodOwner, _ labels: Labels) {
    let (owner, namespace) = (self.labels.count, row.key.namespace)
    self.labels.append(labels)
    byUID[row.uid] = owner
    byWorkload[WorkloadPlace(kind: row.workload.kind, row: row.row), default: []].append(owner)
    byNamespace[namespace, default: []].append(owner)
    for (key, value) in labels {
      byLabel[LabelPlace(namespace: namespace, key: key, value: value), default: []].append(owner)
    }
  }

  func owner(uid: UInt64) -> Int? { byUID[uid] }

  /// All that pods of a workload were ever made from.
  func owners(of kind: Kind, row: UInt32) -> [Int] {
    byWorkload[WorkloadPlace(kind: kind, row: row)] ?? []
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

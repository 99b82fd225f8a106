public import Units

/// Which pods a ReplicaSet deletes when it has too many (`replicaset.getPodsToDelete`).
public enum PodsToDelete {
  /// Per pod the number of related pods on its node (`getPodsRankedByRelatedPodsOnSameNode`).
  ///
  /// - Parameters:
  ///   - pods: the node of each pod of the ReplicaSet.
  ///   - related: the nodes of all active pods of the Deployment, those of the ReplicaSet included.
  public static func ranks(_ pods: [NodeID], related: [NodeID]) -> [Int] {
    let sorted = related.sorted()
    return pods.map { node in
      sorted.partitioningIndex { $0 > node } - sorted.partitioningIndex { $0 >= node }
    }
  }

  /// The pods in the order of deletion.
  ///
  /// - Parameter isBefore: of two that are equivalent, by index.
  public static func order(
    _ pods: [PodRank], isBefore: (Int, Int) -> Bool = { $0 < $1 }
  ) -> [Int] {
    pods.indices.sorted {
      PodRank.goesFirst(pods[$0], pods[$1])
        || (!PodRank.goesFirst(pods[$1], pods[$0]) && isBefore($0, $1))
    }
  }

  /// The indices of the pods to delete.
  public static func choose(_ pods: [PodRank], count: Int) -> [Int] {
    if count >= pods.count { return Array(pods.indices) }
    return Array(order(pods).prefix(max(0, count)))
  }
}

extension Array {
  /// The first index whose element fulfils a condition that holds from some place onwards.
  fileprivate func partitioningIndex(_ condition: (Element) -> Bool) -> Int {
    var (low, high) = (0, count)
    while low < high {
      let middle = (low + high) / 2
      if condition(self[middle]) { high = middle } else { low = middle + 1 }
    }
    return low
  }
}

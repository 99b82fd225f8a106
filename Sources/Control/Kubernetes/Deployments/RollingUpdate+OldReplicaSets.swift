extension RollingUpdate {
  /// The sizes to write to old ReplicaSets, in the order of writing.
  public struct OldSizes: Hashable, Sendable {
    public var writes: [Write] = []
    /// An old ReplicaSet reported more available pods than it wants: what was written stays, the
    /// rest waits for the next pass.
    public var isStopped = false

    public struct Write: Hashable, Sendable {
      public var index: Int
      public var size: Int

      public init(index: Int, size: Int) {
        self.index = index
        self.size = size
      }
    }

    /// Whether the pass counts as having scaled; a stopped one does not.
    public var isScaled: Bool { !isStopped && !writes.isEmpty }
  }

  /// `reconcileOldReplicaSets`: unhealthy pods go first, then as many as availability allows.
  ///
  /// Both stages look at the availability before the pass, so together they may take more pods
  /// than the first stage alone may.
  public func reconcileOld(_ sets: [ReplicaSetView]) -> OldSizes {
    let old = sets.indices.filter { !sets[$0].isNew && sets[$0].specReplicas > 0 }
    let total = sets.reduce(0) { $0 + $1.specReplicas }
    let new = sets.first(where: \.isNew)
    let newUnavailable = (new?.specReplicas ?? 0) - (new?.availableReplicas ?? 0)
    let allowed = total - minAvailable - newUnavailable
    guard !old.isEmpty, allowed > 0 else { return OldSizes() }

    var result = RollingUpdate.cleanUpUnhealthy(sets, limit: allowed).sizes
    if result.isStopped { return result }
    scaleDownByAvailability(old, sets, &result)
    return result
  }

  /// `scaleDownOldReplicaSetsForRollingUpdate`, after the clean-up.
  private func scaleDownByAvailability(
    _ old: [Int], _ sets: [ReplicaSetView], _ result: inout OldSizes
  ) {
    var sizes = sets.map(\.specReplicas)
    for write in result.writes { sizes[write.index] = write.size }
    let available = sets.reduce(0) {
      $1.isNew || $1.specReplicas > 0 ? $0 + $1.availableReplicas : $0
    }
    var remaining = available - minAvailable
    for index in ReplicaSetView.oldestFirst(old, sets) where remaining > 0 && sizes[index] > 0 {
      let down = min(sizes[index], remaining)
      remaining -= down
      result.writes.append(.init(index: index, size: sizes[index] - down))
    }
  }

  /// `cleanupUnhealthyReplicas`: takes pods that are not available from old ReplicaSets.
  ///
  /// - Returns: the sizes to write, oldest ReplicaSet first, and the number of pods taken: 0 when
  ///   it had to stop.
  public static func cleanUpUnhealthy(
    _ sets: [ReplicaSetView], limit: Int
  ) -> (sizes: OldSizes, cleaned: Int) {
    let old = sets.indices.filter { !sets[$0].isNew }
    var sizes = OldSizes()
    var cleaned = 0
    for index in ReplicaSetView.oldestFirst(old, sets) where cleaned < limit {
      let set = sets[index]
      if set.specReplicas == 0 || set.specReplicas == set.availableReplicas { continue }
      let down = min(limit - cleaned, set.specReplicas - set.availableReplicas)
      if down < 0 {
        sizes.isStopped = true
        return (sizes, 0)
      }
      cleaned += down
      sizes.writes.append(.init(index: index, size: set.specReplicas - down))
    }
    return (sizes, cleaned)
  }
}

public import ClusterAPI
public import Units

/// What the Deployment controller looks at of one ReplicaSet.
public struct ReplicaSetView: Hashable, Sendable {
  public var name: String
  /// Its template equals the Deployment's.
  public var isNew: Bool
  public var created: Timestamp
  public var specReplicas: Int
  public var statusReplicas: Int
  public var readyReplicas: Int
  public var availableReplicas: Int
  /// `deployment.kubernetes.io/desired-replicas` and `.../max-replicas`, as they are written.
  public var desiredAnnotation: String?
  public var maxAnnotation: String?

  public init(
    name: String, isNew: Bool, created: Timestamp, specReplicas: Int, statusReplicas: Int,
    readyReplicas: Int, availableReplicas: Int, desiredAnnotation: String? = nil,
    maxAnnotation: String? = nil
  ) {
    self.name = name
    self.isNew = isNew
    self.created = created
    self.specReplicas = specReplicas
    self.statusReplicas = statusReplicas
    self.readyReplicas = readyReplicas
    self.availableReplicas = availableReplicas
    self.desiredAnnotation = desiredAnnotation
    self.maxAnnotation = maxAnnotation
  }
}

/// How far a rolling update may go above and below the wanted size.
public struct Fenceposts: Hashable, Sendable {
  public var surge: Int
  public var unavailable: Int

  public init(surge: Int, unavailable: Int) {
    self.surge = surge
    self.unavailable = unavailable
  }

  /// `deploymentutil.ResolveFenceposts`: surge rounds up, unavailable rounds down, and when both
  /// come out as 0 one pod may be unavailable.
  public init(maxSurge: IntOrString?, maxUnavailable: IntOrString?, replicas: Int) throws {
    let total = Int64(replicas)
    surge = Int(try (maxSurge ?? .int(0)).scaled(total: total, roundUp: true))
    unavailable = Int(try (maxUnavailable ?? .int(0)).scaled(total: total, roundUp: false))
    if surge == 0 && unavailable == 0 { unavailable = 1 }
  }
}

/// The steps of a rolling update (`pkg/controller/deployment/rolling.go`, Kubernetes 1.36).
public struct RollingUpdate: Sendable {
  public var replicas: Int
  public var strategy: DeploymentStrategy

  public init(replicas: Int, strategy: DeploymentStrategy) {
    self.replicas = replicas
    self.strategy = strategy
  }

  /// `deploymentutil.MaxSurge`: 0 for Recreate.
  public var maxSurge: Int {
    guard strategy.kind == .rollingUpdate else { return 0 }
    return fenceposts.surge
  }

  /// `deploymentutil.MaxUnavailable`: 0 for Recreate and at 0 replicas, at most `replicas`.
  public var maxUnavailable: Int {
    guard strategy.kind == .rollingUpdate, replicas != 0 else { return 0 }
    return min(fenceposts.unavailable, replicas)
  }

  public var minAvailable: Int { replicas - maxUnavailable }

  private var fenceposts: Fenceposts {
    (try? Fenceposts(
      maxSurge: strategy.maxSurge, maxUnavailable: strategy.maxUnavailable, replicas: replicas))
      ?? Fenceposts(surge: 0, unavailable: 1)
  }

  /// `deploymentutil.NewRSNewReplicas`: the size that the new ReplicaSet is to have now.
  ///
  /// - Parameters:
  ///   - sets: all ReplicaSets, the new one included if it exists.
  ///   - current: the present size of the new one, 0 when it is yet to be created.
  public func newSize(_ sets: [ReplicaSetView], current: Int) -> Int {
    guard strategy.kind == .rollingUpdate else { return replicas }
    // Taken directly: the fix for both being zero is none of the surge's business.
    let surge = Int((try? strategy.maxSurge.scaled(total: Int64(replicas), roundUp: true)) ?? 0)
    let total = sets.reduce(0) { $0 + $1.specReplicas }
    let allowed = replicas + surge
    if total >= allowed { return current }
    return current + min(allowed - total, replicas - current)
  }

  /// `reconcileNewReplicaSet`: the size to write, nil when it has it.
  public func reconcileNew(_ sets: [ReplicaSetView]) -> Int? {
    guard let new = sets.first(where: \.isNew) else { return nil }
    if new.specReplicas == replicas { return nil }
    if new.specReplicas > replicas { return replicas }
    let size = newSize(sets, current: new.specReplicas)
    return size == new.specReplicas ? nil : size
  }

  /// The sizes to write to old ReplicaSets, in the order of writing.
  public struct OldSizes: Hashable, Sendable {
    public var writes: [Write] = []
    /// An old ReplicaSet reported more available pods than it wants: what was written stays, the
    /// rest waits for the next pass.
    public var stopped = false

    public struct Write: Hashable, Sendable {
      public var index: Int
      public var size: Int
    }
  }

  /// `reconcileOldReplicaSets`: unhealthy pods go first, then as many as availability allows.
  public func reconcileOld(_ sets: [ReplicaSetView]) -> OldSizes {
    var result = OldSizes()
    let old = sets.indices.filter { !sets[$0].isNew }
    guard old.contains(where: { sets[$0].specReplicas > 0 }) else { return result }
    let total = sets.reduce(0) { $0 + $1.specReplicas }
    let new = sets.first(where: \.isNew)
    let newUnavailable = (new?.specReplicas ?? 0) - (new?.availableReplicas ?? 0)
    let allowed = total - minAvailable - newUnavailable
    guard allowed > 0 else { return result }

    var sizes = sets.map(\.specReplicas)
    let order = RollingUpdate.oldestFirst(old, sets)
    cleanUpUnhealthy(order, sets, limit: allowed, &sizes, &result)
    if result.stopped { return result }

    // Availability is that of the status before the clean-up, over active sets.
    let available = sets.reduce(0) {
      $1.isNew || $1.specReplicas > 0 ? $0 + $1.availableReplicas : $0
    }
    var remaining = available - minAvailable
    for index in order where remaining > 0 && sizes[index] > 0 {
      let down = min(sizes[index], remaining)
      sizes[index] -= down
      remaining -= down
      result.writes.append(.init(index: index, size: sizes[index]))
    }
    return result
  }

  /// `cleanupUnhealthyReplicas`, over old ReplicaSets in the given order.
  private func cleanUpUnhealthy(
    _ order: [Int], _ sets: [ReplicaSetView], limit: Int, _ sizes: inout [Int],
    _ result: inout OldSizes
  ) {
    var cleaned = 0
    for index in order {
      if cleaned >= limit { break }
      let set = sets[index]
      if set.specReplicas == 0 || set.specReplicas == set.availableReplicas { continue }
      let down = min(limit - cleaned, set.specReplicas - set.availableReplicas)
      if down < 0 {
        result.stopped = true
        return
      }
      sizes[index] -= down
      cleaned += down
      result.writes.append(.init(index: index, size: sizes[index]))
    }
  }

  /// Sorted by creation time, ties by name (`ReplicaSetsByCreationTimestamp`).
  static func oldestFirst(_ indices: [Int], _ sets: [ReplicaSetView]) -> [Int] {
    indices.sorted {
      sets[$0].created == sets[$1].created
        ? sets[$0].name < sets[$1].name : sets[$0].created < sets[$1].created
    }
  }
}

public import ClusterAPI

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
      ?? Fenceposts(surge: 0, unavailable: 0)
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
}

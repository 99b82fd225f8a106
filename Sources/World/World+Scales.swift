public import ClusterAPI
import Kernel
public import Units

/// From an instant on, how many pods a Deployment or a StatefulSet is to have, and by what strategy they
/// are replaced.
public struct WorkloadScale: Hashable, Sendable {
  public var at: Instant
  public var key: ObjectKey
  public var replicas: Int
  public var strategy: DeploymentStrategy

  public init(at: Instant, key: ObjectKey, replicas: Int, strategy: DeploymentStrategy) {
    self.at = at
    self.key = key
    self.replicas = replicas
    self.strategy = strategy
  }

  /// nil: the number of its pods is not a matter of the object's spec.
  public init?(_ object: ClusterObject, at: Instant) {
    switch object {
    case .deployment(let it):
      self.init(
        at: at, key: object.key, replicas: it.spec.replicas, strategy: it.spec.strategy)
    case .statefulSet(let it):
      var strategy = DeploymentStrategy()
      (strategy.maxSurge, strategy.maxUnavailable) = (.int(0), it.maxUnavailable ?? .int(1))
      self.init(at: at, key: object.key, replicas: it.replicas, strategy: strategy)
    default: return nil
    }
  }
}

extension World {
  /// Called after each write of a workload's spec.
  mutating func noteScale(of object: ClusterObject) {
    if let scale = WorkloadScale(object, at: queue.now) { note(scale) }
  }

  /// One that is deleted is to have no pods.
  mutating func noteScale(ofDeleted object: ClusterObject) {
    guard var scale = WorkloadScale(object, at: queue.now) else { return }
    scale.replicas = 0
    note(scale)
  }

  private mutating func note(_ scale: WorkloadScale) {
    if let last = scales.last(where: { $0.key == scale.key }), last.replicas == scale.replicas,
      last.strategy == scale.strategy
    {
      return
    }
    scales.append(scale)
  }
}

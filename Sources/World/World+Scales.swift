public import ClusterAPI
import Kernel
public import Units

/// From an instant on, how many pods a Deployment is to have, and by what strategy it gets there.
public struct DeploymentScale: Hashable, Sendable {
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
}

extension World {
  /// Called after each write of a Deployment's spec.
  mutating func noteScale(of deployment: Deployment) {
    let key = ClusterObject.deployment(deployment).key
    let scale = DeploymentScale(
      at: queue.now, key: key, replicas: deployment.spec.replicas,
      strategy: deployment.spec.strategy)
    note(scale)
  }

  /// One that is deleted is to have no pods.
  mutating func noteScale(ofDeleted deployment: Deployment) {
    note(
      DeploymentScale(
        at: queue.now, key: ClusterObject.deployment(deployment).key, replicas: 0,
        strategy: deployment.spec.strategy))
  }

  private mutating func note(_ scale: DeploymentScale) {
    if let last = scales.last(where: { $0.key == scale.key }), last.replicas == scale.replicas,
      last.strategy == scale.strategy
    {
      return
    }
    scales.append(scale)
  }
}

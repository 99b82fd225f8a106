import ClusterAPI
import Units

// The scale subresource of the workloads that have one.
extension World {
  /// nil: there is no such workload.
  func scale(of key: ObjectKey) -> Scale? {
    switch key.kind {
    case .deployment:
      guard let id = deploymentID(key) else { return nil }
      let deployment = deployments[id.index]
      return Scale(
        replicas: deployment.spec.replicas, statusReplicas: deployment.status.replicas,
        selector: deployment.spec.selector, resourceVersion: deployment.meta.resourceVersion)
    default: return nil
    }
  }

  mutating func scale(_ key: ObjectKey, to replicas: Int, version: UInt64) -> WriteResult {
    switch key.kind {
    case .deployment:
      guard let id = deploymentID(key) else { return .refused(.notFound) }
      let stored = deployments[id.index]
      if version != 0, version != stored.meta.resourceVersion { return conflict(key) }
      if stored.spec.replicas != replicas {
        note(.scaled(key, from: stored.spec.replicas, to: replicas))
      }
      var spec = stored.spec
      spec.replicas = replicas
      store(id, spec: spec)
      return .written(
        resourceVersion: deployments[id.index].meta.resourceVersion, uid: stored.meta.uid)
    default: return .refused(.notFound)
    }
  }
}

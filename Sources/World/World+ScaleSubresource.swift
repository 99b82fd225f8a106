import ClusterAPI
import Units

// The scale subresource of the workloads that have one.
extension World {
  /// nil: there is no such workload.
  func scale(of key: ObjectKey) -> Scale? {
    switch key.kind {
    case .deployment:
      guard let id = deploymentID(key), let deployment = deploymentRows[id.index] else {
        return nil
      }
      return Scale(
        replicas: deployment.spec.replicas, statusReplicas: deployment.status.replicas,
        selector: deployment.spec.selector, resourceVersion: deployment.meta.resourceVersion)
    case .statefulSet:
      guard let id = workloads.statefulSets.id(key), let set = workloads.statefulSets[id] else {
        return nil
      }
      return Scale(
        replicas: set.replicas, statusReplicas: set.status.replicas, selector: set.selector,
        resourceVersion: set.meta.resourceVersion)
    default: return nil
    }
  }

  mutating func scale(_ key: ObjectKey, to replicas: Int, version: UInt64) -> WriteResult {
    guard let before = scale(of: key) else { return .refused(.notFound) }
    if version != 0, version != before.resourceVersion { return conflict(key) }
    if before.replicas != replicas { note(.scaled(key, from: before.replicas, to: replicas)) }
    var uid: UInt64 = 0
    if key.kind == .deployment, let id = deploymentID(key), let stored = deploymentRows[id.index] {
      uid = stored.meta.uid
      var spec = stored.spec
      spec.replicas = replicas
      store(id, spec: spec)
    } else if let id = workloads.statefulSets.id(key) {
      uid = workloads.statefulSets[id]?.meta.uid ?? 0
      change(id) { $0.scale(to: replicas) }
    }
    return .written(resourceVersion: scale(of: key)?.resourceVersion ?? 0, uid: uid)
  }
}

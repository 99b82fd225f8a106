import ClusterAPI
import Control
import Kernel
import Units

extension DeploymentController: Resident {
  static var id: ControllerManager.ControllerID { .deployment }
  static var place: WritableKeyPath<ControllerManager, ControllerRuntime<Self>> { \.deployment }

  static func input(_ key: UInt32, in world: inout World) -> Input? {
    world.deploymentInput(key)
  }

  static func sees(
    _ change: LogEntry.Change, _ touched: InformerCache.Touched, in world: inout World
  ) {
    if let id = touched.deployment { world.manager.deployment.queue.add(id.raw) }
  }
}

extension World {
  fileprivate func deploymentInput(_ key: UInt32) -> DeploymentController.Input? {
    guard Int(key) < manager.cache.deployments.count,
      let deployment = manager.cache.deployments[Int(key)]
    else { return nil }
    var sets: [ReplicaSet] = []
    var oldPodsExist = false
    var isNew = true
    for index in manager.cache.sets(of: deployment.meta.uid) {
      guard let set = manager.cache.replicaSets[index] else { continue }
      sets.append(set)
      if set.spec.template == deployment.spec.template {
        isNew = false
      } else if !manager.cache.podsOf[index].isEmpty {
        oldPodsExist = true
      }
    }
    return DeploymentController.Input(
      deployment: deployment, replicaSets: sets, oldPodsExist: oldPodsExist,
      templateHash: isNew ? TemplateHash.text(deployment.spec.template) : nil)
  }
}

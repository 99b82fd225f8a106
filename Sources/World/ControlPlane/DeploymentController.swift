public import ClusterAPI
public import Control
import Units

/// The Deployment controller: one sync is one pass (`deployment.syncDeployment`, Kubernetes 1.36).
public struct DeploymentController: Controller {
  public struct Input: Hashable, Sendable {
    public var deployment: Deployment
    /// Its ReplicaSets as the controller's cache holds them, by creation.
    public var replicaSets: [ReplicaSet]
    /// Whether a pod of a ReplicaSet other than the new one still exists, terminating ones included.
    public var oldPodsExist: Bool
  }

  /// This controller keeps nothing between passes.
  public struct Memory: Hashable, Sendable {
    public init() {}
  }

  public let initial = Memory()
  public static let revisionAnnotation = "deployment.kubernetes.io/revision"
  static let desiredAnnotation = "deployment.kubernetes.io/desired-replicas"
  static let maxAnnotation = "deployment.kubernetes.io/max-replicas"

  public init() {}

  public func reconcile(_ pass: inout Pass<Input, Memory>) throws(Suspended) -> Requeue {
    var sets = pass.input.replicaSets
    var deployment = pass.input.deployment
    let spec = deployment.spec
    let rolling = RollingUpdate(replicas: spec.replicas, strategy: spec.strategy)
    var newIndex = sets.firstIndex { $0.spec.template == spec.template }
    // Status is computed from the sizes before this sync's own scaling.
    var before = sets

    if spec.paused || isScalingEvent(sets, spec) {
      guard try scale(&sets, newIndex, rolling, deployment, &pass) else { return .backOff }
    } else {
      let oldRevision =
        sets.indices.filter { $0 != newIndex }
        .map { DeploymentController.revision(of: sets[$0].meta) }.max() ?? 0
      if let index = newIndex {
        guard try raiseRevision(&sets[index], to: oldRevision + 1, &deployment, &pass)
        else { return .backOff }
        before = sets
      } else if spec.strategy.kind == .rollingUpdate
        || !pass.input.oldPodsExist
          && sets.allSatisfy({ $0.spec.replicas == 0 })
      {
        let views = DeploymentController.views(sets, new: nil)
        let size = rolling.newSize(views, current: 0)
        let set = makeReplicaSet(deployment, size: size, revision: oldRevision + 1, rolling)
        switch try pass.write(.create(.replicaSet(set))) {
        case .written(let version, let uid):
          var created = set
          created.meta.resourceVersion = version
          created.meta.uid = uid
          created.meta.creationTimestamp = Timestamp(pass.now)
          sets.append(created)
          newIndex = sets.count - 1
        case .refused(.alreadyExists): return .backOff
        case .refused: return .backOff
        }
        before = sets
        guard try setRevision(&deployment, oldRevision + 1, &pass) else { return .backOff }
      }
      guard try rollOut(&sets, newIndex, rolling, deployment, &pass) else { return .backOff }
    }
    return try writeStatus(deployment, before, newIndex, &pass)
  }

  /// An active ReplicaSet whose desired annotation is not the wanted size (`isScalingEvent`).
  private func isScalingEvent(_ sets: [ReplicaSet], _ spec: DeploymentSpec) -> Bool {
    sets.contains { set in
      guard set.spec.replicas > 0,
        let text = set.meta.annotations[DeploymentController.desiredAnnotation],
        let desired = Int(text)
      else { return false }
      return desired != spec.replicas
    }
  }

  private func rollOut(
    _ sets: inout [ReplicaSet], _ newIndex: Int?, _ rolling: RollingUpdate,
    _ deployment: Deployment, _ pass: inout Pass<Input, Memory>
  ) throws(Suspended) -> Bool {
    if rolling.strategy.kind == .recreate {
      for index in sets.indices where index != newIndex && sets[index].spec.replicas > 0 {
        guard try resize(&sets[index], to: 0, rolling, &pass) else { return false }
      }
      if let newIndex, !pass.input.oldPodsExist, sets[newIndex].spec.replicas != rolling.replicas {
        return try resize(&sets[newIndex], to: rolling.replicas, rolling, &pass)
      }
      return try cleanUpHistory(sets, newIndex, deployment, &pass)
    }
    let views = DeploymentController.views(sets, new: newIndex)
    if let newIndex, let size = rolling.reconcileNew(views) {
      return try resize(&sets[newIndex], to: size, rolling, &pass)
    }
    let old = rolling.reconcileOld(views)
    for write in old.writes {
      guard try resize(&sets[write.index], to: write.size, rolling, &pass) else { return false }
    }
    if !old.writes.isEmpty { return true }
    return try cleanUpHistory(sets, newIndex, deployment, &pass)
  }

  /// Deletes the oldest revisions beyond the limit, once the rollout is complete by its status.
  private func cleanUpHistory(
    _ sets: [ReplicaSet], _ newIndex: Int?, _ deployment: Deployment,
    _ pass: inout Pass<Input, Memory>
  ) throws(Suspended) -> Bool {
    let progress = DeploymentProgress(
      deployment: deployment, sets: DeploymentController.views(sets, new: newIndex), now: pass.now)
    guard progress.isComplete(deployment.status) else { return true }
    let old = sets.indices.filter { $0 != newIndex }
    let excess = old.count - deployment.spec.revisionHistoryLimit
    guard excess > 0 else { return true }
    let byRevision = old.sorted {
      let (a, b) = (sets[$0].meta, sets[$1].meta)
      let (x, y) = (DeploymentController.revision(of: a), DeploymentController.revision(of: b))
      return x == y ? a.name < b.name : x < y
    }
    for index in byRevision.prefix(excess) {
      let set = sets[index]
      if set.status.replicas != 0 || set.spec.replicas != 0 { continue }
      let key = ObjectKey(.replicaSet, namespace: set.meta.namespace, name: set.meta.name)
      if case .refused = try pass.write(.delete(key, uid: set.meta.uid)) { return false }
    }
    return true
  }

  private func writeStatus(
    _ deployment: Deployment, _ sets: [ReplicaSet], _ newIndex: Int?,
    _ pass: inout Pass<Input, Memory>
  ) throws(Suspended) -> Requeue {
    let progress = DeploymentProgress(
      deployment: deployment, sets: DeploymentController.views(sets, new: newIndex), now: pass.now)
    var (status, recheck) = progress.rolloutStatus()
    status.terminatingReplicas = sets.reduce(0) { $0 + $1.status.terminatingReplicas }
    if status == deployment.status { return recheck.map { .after($0) } ?? .never }
    var changed = deployment
    changed.status = status
    if case .refused = try pass.write(.replaceStatus(.deployment(changed))) { return .backOff }
    return .never
  }
}

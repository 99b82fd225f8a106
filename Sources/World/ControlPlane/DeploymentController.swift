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
    /// Name of the template's revision, for a ReplicaSet that has to be created; nil: worked out then,
    /// in every replay.
    public var templateHash: String?

    public init(
      deployment: Deployment, replicaSets: [ReplicaSet], oldPodsExist: Bool,
      templateHash: String? = nil
    ) {
      self.deployment = deployment
      self.templateHash = templateHash
      self.replicaSets = replicaSets
      self.oldPodsExist = oldPodsExist
    }
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
    guard try notePause(&deployment, &pass) else { return .backOff }
    if let newIndex {
      guard try adopt(&sets, newIndex, &deployment, &pass) else { return .backOff }
    }
    if spec.paused || isScalingEvent(sets, spec) {
      let before = sets
      guard try scale(&sets, newIndex, rolling, deployment, &pass) else { return .backOff }
      if spec.paused {
        guard try cleanUpHistory(before, newIndex, deployment, &pass) else { return .backOff }
      }
      let progress = progress(deployment, before, newIndex, pass.now)
      return try writeStatus(progress.calculated(), recheck: nil, deployment, before, &pass)
    }
    if newIndex == nil, mayCreate(pass.input) {
      guard let created = try create(sets, rolling, &deployment, &pass) else { return .backOff }
      sets.append(created)
      newIndex = sets.count - 1
    }
    // The status counts the sizes before this sync's own scaling.
    let before = sets
    guard try rollOut(&sets, newIndex, rolling, deployment, &pass) else { return .backOff }
    let (status, recheck) = progress(deployment, before, newIndex, pass.now).rolloutStatus()
    return try writeStatus(status, recheck: recheck, deployment, before, &pass)
  }

  /// Recreate creates the new ReplicaSet only when nothing of the old ones is left.
  private func mayCreate(_ input: Input) -> Bool {
    if input.deployment.spec.strategy.kind == .rollingUpdate { return true }
    return !input.oldPodsExist
      && input.replicaSets.allSatisfy { $0.spec.replicas == 0 && $0.status.replicas == 0 }
  }

  func progress(
    _ deployment: Deployment, _ sets: [ReplicaSet], _ newIndex: Int?, _ now: Instant
  ) -> DeploymentProgress {
    DeploymentProgress(
      deployment: deployment, sets: DeploymentController.views(sets, new: newIndex), now: now)
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
      return try recreate(&sets, newIndex, rolling, deployment, &pass)
    }
    let views = DeploymentController.views(sets, new: newIndex)
    if let newIndex, let size = rolling.reconcileNew(views) {
      return try resize(&sets[newIndex], to: size, rolling, &pass)
    }
    let old = rolling.reconcileOld(views)
    for write in old.writes {
      guard try resize(&sets[write.index], to: write.size, rolling, &pass) else { return false }
    }
    if old.isScaled { return true }
    return try cleanUpWhenComplete(sets, newIndex, deployment, &pass)
  }

  /// `rolloutRecreate`: nothing new runs before everything old is gone.
  private func recreate(
    _ sets: inout [ReplicaSet], _ newIndex: Int?, _ rolling: RollingUpdate,
    _ deployment: Deployment, _ pass: inout Pass<Input, Memory>
  ) throws(Suspended) -> Bool {
    let old = sets.indices.filter { $0 != newIndex }
    let active = old.filter { sets[$0].spec.replicas > 0 }
    for index in active {
      guard try resize(&sets[index], to: 0, rolling, &pass) else { return false }
    }
    let oldPodsRun = pass.input.oldPodsExist || old.contains { sets[$0].status.replicas > 0 }
    guard active.isEmpty, !oldPodsRun else { return true }
    if let newIndex, sets[newIndex].spec.replicas != rolling.replicas {
      guard try resize(&sets[newIndex], to: rolling.replicas, rolling, &pass) else { return false }
    }
    return try cleanUpWhenComplete(sets, newIndex, deployment, &pass)
  }

  /// Looks at the stored status: the sync after the one that completes the rollout cleans up.
  private func cleanUpWhenComplete(
    _ sets: [ReplicaSet], _ newIndex: Int?, _ deployment: Deployment,
    _ pass: inout Pass<Input, Memory>
  ) throws(Suspended) -> Bool {
    let progress = progress(deployment, sets, newIndex, pass.now)
    if !progress.isComplete(deployment.status) { return true }
    return try cleanUpHistory(sets, newIndex, deployment, &pass)
  }

  /// Deletes the oldest revisions beyond the limit (`cleanupDeployment`).
  private func cleanUpHistory(
    _ sets: [ReplicaSet], _ newIndex: Int?, _ deployment: Deployment,
    _ pass: inout Pass<Input, Memory>
  ) throws(Suspended) -> Bool {
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
    _ status: DeploymentStatus, recheck: Span?, _ deployment: Deployment, _ sets: [ReplicaSet],
    _ pass: inout Pass<Input, Memory>
  ) throws(Suspended) -> Requeue {
    var changed = deployment
    changed.status = status
    changed.status.terminatingReplicas = sets.reduce(0) { $0 + $1.status.terminatingReplicas }
    if changed.status == deployment.status {
      // A deadline less than a second away is looked at again with the queue's back-off.
      guard let recheck else { return .never }
      return recheck == .zero ? .backOff : .after(recheck)
    }
    if case .refused = try pass.write(.replaceStatus(.deployment(changed))) { return .backOff }
    return .never
  }
}

public import ClusterAPI
import Control
import Units

extension DeploymentController {
  /// The number in the annotation `deployment.kubernetes.io/revision`; 0 without one.
  public static func revision(of meta: ObjectMeta) -> Int64 {
    meta.annotations[revisionAnnotation].flatMap { Int64($0) } ?? 0
  }

  static func views(_ sets: [ReplicaSet], new: Int?) -> [ReplicaSetView] {
    sets.indices.map { index in
      ReplicaSetView(
        name: sets[index].meta.name, isNew: index == new,
        created: sets[index].meta.creationTimestamp,
        specReplicas: sets[index].spec.replicas, statusReplicas: sets[index].status.replicas,
        readyReplicas: sets[index].status.readyReplicas,
        availableReplicas: sets[index].status.availableReplicas,
        desiredAnnotation: sets[index].meta.annotations[desiredAnnotation],
        maxAnnotation: sets[index].meta.annotations[maxAnnotation],
        replicaFailure: sets[index].status.conditions.first { $0.type == "ReplicaFailure" })
    }
  }

  /// A size change of the whole Deployment while a rollout is going on, or paused: every active
  /// ReplicaSet takes its share (`DeploymentController.scale`).
  func scale(
    _ sets: inout [ReplicaSet], _ newIndex: Int?, _ rolling: RollingUpdate,
    _ deployment: Deployment, _ pass: inout Pass<Input, Memory>
  ) throws(Suspended) -> Bool {
    let sizes = ProportionalScale(
      rolling: rolling, statusReplicas: deployment.status.replicas,
      sets: DeploymentController.views(sets, new: newIndex)
    ).sizes()
    for (index, size) in sizes {
      guard try resize(&sets[index], to: size, rolling, &pass) else { return false }
    }
    return true
  }

  /// Writes size and size annotations of a ReplicaSet.
  func resize(
    _ set: inout ReplicaSet, to size: Int, _ rolling: RollingUpdate,
    _ pass: inout Pass<Input, Memory>
  ) throws(Suspended) -> Bool {
    var changed = set
    changed.spec.replicas = size
    annotate(&changed, rolling)
    if changed == set { return true }
    return try replace(changed, &set, &pass)
  }

  /// Reports that a rollout is paused or goes on (`checkPausedConditions`).
  ///
  /// A rollout that has missed its deadline keeps saying so.
  func notePause(
    _ deployment: inout Deployment, _ pass: inout Pass<Input, Memory>
  ) throws(Suspended) -> Bool {
    let spec = deployment.spec
    let reason = deployment.status.conditions.first { $0.type == "Progressing" }?.reason
    guard spec.progressDeadlineSeconds != nil, reason != "ProgressDeadlineExceeded",
      spec.paused != (reason == "DeploymentPaused")
    else { return true }
    var changed = deployment
    progress(deployment, [], nil, pass.now).set(
      &changed.status, type: "Progressing", .unknown,
      reason: spec.paused ? "DeploymentPaused" : "DeploymentResumed")
    return try store(changed, &deployment, &pass)
  }

  /// Returning to an earlier template raises its revision above all others; the Deployment follows
  /// in the next sync (`getNewReplicaSet` with an existing ReplicaSet).
  func adopt(
    _ sets: inout [ReplicaSet], _ newIndex: Int, _ deployment: inout Deployment,
    _ pass: inout Pass<Input, Memory>
  ) throws(Suspended) -> Bool {
    let revision = nextRevision(sets, newIndex)
    let present = DeploymentController.revision(of: sets[newIndex].meta)
    if present < revision {
      var changed = sets[newIndex]
      changed.meta.annotations[DeploymentController.revisionAnnotation] = String(revision)
      return try replace(changed, &sets[newIndex], &pass)
    }
    let reportsProgress =
      deployment.spec.progressDeadlineSeconds == nil
      || deployment.status.conditions.contains { $0.type == "Progressing" }
    let shown = deployment.meta.annotations[DeploymentController.revisionAnnotation]
    if reportsProgress, shown == String(present) { return true }
    var changed = deployment
    changed.meta.annotations[DeploymentController.revisionAnnotation] = String(present)
    if !reportsProgress {
      progress(deployment, [], nil, pass.now).set(
        &changed.status, type: "Progressing", .yes, reason: "FoundNewReplicaSet")
    }
    return try store(changed, &deployment, &pass)
  }

  /// Creates the new ReplicaSet; nil when a write was refused (`getNewReplicaSet`).
  func create(
    _ sets: [ReplicaSet], _ rolling: RollingUpdate, _ deployment: inout Deployment,
    _ pass: inout Pass<Input, Memory>
  ) throws(Suspended) -> ReplicaSet? {
    let revision = nextRevision(sets, nil)
    let size = rolling.newSize(DeploymentController.views(sets, new: nil), current: 0)
    let hash = pass.input.templateHash ?? TemplateHash.text(deployment.spec.template)
    var created = makeReplicaSet(deployment, hash, size: size, revision: revision, rolling)
    guard
      case .written(let version, let uid) = try noteFailure(
        try pass.write(.create(.replicaSet(created))), of: created, &deployment, &pass)
    else { return nil }
    created.meta.resourceVersion = version
    created.meta.uid = uid
    created.meta.creationTimestamp = Timestamp(pass.now)
    var changed = deployment
    changed.meta.annotations[DeploymentController.revisionAnnotation] = String(revision)
    if deployment.spec.progressDeadlineSeconds != nil {
      progress(deployment, [], nil, pass.now).set(
        &changed.status, type: "Progressing", .yes, reason: "NewReplicaSetCreated")
    }
    return try store(changed, &deployment, &pass) ? created : nil
  }

  /// Reports a ReplicaSet that could not be created (`FailedRSCreateReason`).
  private func noteFailure(
    _ result: WriteResult, of set: ReplicaSet, _ deployment: inout Deployment,
    _ pass: inout Pass<Input, Memory>
  ) throws(Suspended) -> WriteResult {
    guard let refusal = result.refusal, refusal != .alreadyExists,
      deployment.spec.progressDeadlineSeconds != nil
    else { return result }
    var changed = deployment
    progress(deployment, [], nil, pass.now).set(
      &changed.status, type: "Progressing", .no, reason: "ReplicaSetCreateError",
      message: "Failed to create new replica set \"\(set.meta.name)\": \(refusal.message)")
    _ = try store(changed, &deployment, &pass)
    return result
  }

  private func nextRevision(_ sets: [ReplicaSet], _ newIndex: Int?) -> Int64 {
    let old = sets.indices.filter { $0 != newIndex }
    return (old.map { DeploymentController.revision(of: sets[$0].meta) }.max() ?? 0) + 1
  }

  /// Writes annotations and conditions through the status subresource, when they have changed.
  ///
  /// As in Kubernetes the sync goes on with the resourceVersion that it began with: its own status write
  /// at the end meets a conflict, and the sync is repeated with the queue's back-off.
  private func store(
    _ changed: Deployment, _ deployment: inout Deployment, _ pass: inout Pass<Input, Memory>
  ) throws(Suspended) -> Bool {
    if changed == deployment { return true }
    guard case .written = try pass.write(.replaceStatus(.deployment(changed))) else {
      return false
    }
    deployment = changed
    return true
  }

  func makeReplicaSet(
    _ deployment: Deployment, _ hash: String, size: Int, revision: Int64, _ rolling: RollingUpdate
  ) -> ReplicaSet {
    var meta = ObjectMeta(
      name: "\(deployment.meta.name)-\(hash)", namespace: deployment.meta.namespace,
      labels: deployment.spec.template.labels)
    meta.labels["pod-template-hash"] = hash
    meta.annotations[DeploymentController.revisionAnnotation] = String(revision)
    meta.owner = OwnerReference(
      kind: .deployment, name: deployment.meta.name, uid: deployment.meta.uid)
    var set = ReplicaSet(
      meta: meta,
      spec: ReplicaSetSpec(
        replicas: size, selector: deployment.spec.selector, template: deployment.spec.template))
    set.spec.minReadySeconds = deployment.spec.minReadySeconds
    annotate(&set, rolling)
    return set
  }

  private func annotate(_ set: inout ReplicaSet, _ rolling: RollingUpdate) {
    set.meta.annotations[DeploymentController.desiredAnnotation] = String(rolling.replicas)
    set.meta.annotations[DeploymentController.maxAnnotation] =
      String(rolling.replicas + rolling.maxSurge)
  }

  private func replace(
    _ changed: ReplicaSet, _ set: inout ReplicaSet, _ pass: inout Pass<Input, Memory>
  ) throws(Suspended) -> Bool {
    guard case .written(let version, _) = try pass.write(.replace(.replicaSet(changed)))
    else { return false }
    set = changed
    set.meta.resourceVersion = version
    return true
  }
}

public import ClusterAPI
public import Units

/// The status of a Deployment and how its rollout progresses
/// (`pkg/controller/deployment/{sync,progress}.go`, Kubernetes 1.36).
public struct DeploymentProgress: Sendable {
  public let deployment: Deployment
  public let sets: [ReplicaSetView]
  public let now: Instant

  public init(deployment: Deployment, sets: [ReplicaSetView], now: Instant) {
    self.deployment = deployment
    self.sets = sets
    self.now = now
  }

  private var spec: DeploymentSpec { deployment.spec }
  private var rolling: RollingUpdate {
    RollingUpdate(replicas: spec.replicas, strategy: spec.strategy)
  }

  /// `calculateStatus`, with the condition Available but without Progressing.
  public func calculated() -> DeploymentStatus {
    var status = deployment.status
    let wanted = sets.reduce(0) { $0 + $1.specReplicas }
    status.observedGeneration = deployment.meta.generation
    status.replicas = sets.reduce(0) { $0 + $1.statusReplicas }
    status.updatedReplicas = sets.first(where: \.isNew)?.statusReplicas ?? 0
    status.readyReplicas = sets.reduce(0) { $0 + $1.readyReplicas }
    status.availableReplicas = sets.reduce(0) { $0 + $1.availableReplicas }
    status.unavailableReplicas = max(0, wanted - status.availableReplicas)
    let available = status.availableReplicas >= rolling.minAvailable
    set(
      &status, type: "Available", available ? .yes : .no,
      reason: available ? "MinimumReplicasAvailable" : "MinimumReplicasUnavailable")
    return status
  }

  /// `DeploymentComplete`
  public func isComplete(_ status: DeploymentStatus) -> Bool {
    status.updatedReplicas == spec.replicas && status.replicas == spec.replicas
      && status.availableReplicas == spec.replicas
      && status.observedGeneration >= deployment.meta.generation
  }

  /// `DeploymentProgressing`: something moved in the right direction since the stored status.
  public func isProgressing(_ status: DeploymentStatus) -> Bool {
    let before = deployment.status
    let oldBefore = before.replicas - before.updatedReplicas
    let oldNow = status.replicas - status.updatedReplicas
    return status.updatedReplicas > before.updatedReplicas || oldNow < oldBefore
      || status.readyReplicas > before.readyReplicas
      || status.availableReplicas > before.availableReplicas
  }

  /// `DeploymentTimedOut`: the deadline has passed strictly before now.
  public func isTimedOut(_ status: DeploymentStatus) -> Bool {
    guard let deadline = spec.progressDeadlineSeconds,
      let condition = status.conditions.first(where: { $0.type == "Progressing" })
    else { return false }
    switch condition.reason {
    case "ProgressDeadlineExceeded": return true
    case "NewReplicaSetAvailable": return false
    default: break
    }
    return condition.lastUpdateTime.instant + .seconds(Int64(deadline)) < now
  }

  /// `syncRolloutStatus`: the status to store, and when to look again though nothing changes.
  public func rolloutStatus() -> (status: DeploymentStatus, recheck: Span?) {
    var status = calculated()
    let stored = status.conditions.first { $0.type == "Progressing" }
    let finished =
      status.replicas == status.updatedReplicas && stored?.reason == "NewReplicaSetAvailable"
    if spec.progressDeadlineSeconds == nil {
      status.conditions.removeAll { $0.type == "Progressing" }
    } else if !finished {
      if isComplete(status) {
        set(&status, type: "Progressing", .yes, reason: "NewReplicaSetAvailable")
      } else if isProgressing(status) {
        renewProgressing(&status, stored)
      } else if isTimedOut(status) {
        set(&status, type: "Progressing", .no, reason: "ProgressDeadlineExceeded")
      }
    }
    setReplicaFailure(&status)
    return (status, status == deployment.status ? recheck(status) : nil)
  }

  /// The failure of the new ReplicaSet, else of any other (`getReplicaFailures`); gone with it.
  private func setReplicaFailure(_ status: inout DeploymentStatus) {
    let failures = sets.filter(\.isNew) + sets.filter { !$0.isNew }
    if let failure = failures.lazy.compactMap(\.replicaFailure).first {
      set(
        &status, type: failure.type, failure.status, reason: failure.reason,
        message: failure.message, at: failure.lastTransitionTime)
    } else {
      status.conditions.removeAll { $0.type == "ReplicaFailure" }
    }
  }

  /// Each step of progress renews the time from which the deadline counts.
  private func renewProgressing(_ status: inout DeploymentStatus, _ stored: Condition?) {
    let at = Timestamp(now)
    let condition = Condition(
      type: "Progressing", status: .yes, reason: "ReplicaSetUpdated", lastUpdateTime: at,
      lastTransitionTime: stored?.status == .yes ? stored?.lastTransitionTime ?? at : at)
    status.conditions.removeAll { $0.type == "Progressing" }
    status.conditions.append(condition)
  }

  /// `requeueStuckDeployment`: a second after the deadline; nil when there is none to wait for.
  private func recheck(_ status: DeploymentStatus) -> Span? {
    guard let deadline = spec.progressDeadlineSeconds,
      let condition = status.conditions.first(where: { $0.type == "Progressing" }),
      !isComplete(status), condition.reason != "ProgressDeadlineExceeded"
    else { return nil }
    let after = condition.lastUpdateTime.instant + .seconds(Int64(deadline)) - now
    return after < .seconds(1) ? .zero : after + .seconds(1)
  }

  /// `SetDeploymentCondition`: unchanged status and reason leave the condition as it is.
  ///
  /// - Parameters:
  ///   - at: the time of the change; nil: now.
  public func set(
    _ status: inout DeploymentStatus, type: String, _ value: Condition.Status, reason: String,
    message: String = "", at: Timestamp? = nil
  ) {
    let at = at ?? Timestamp(now)
    let stored = status.conditions.first { $0.type == type }
    if let stored, stored.status == value, stored.reason == reason { return }
    let transition = stored?.status == value ? stored?.lastTransitionTime ?? at : at
    status.conditions.removeAll { $0.type == type }
    status.conditions.append(
      Condition(
        type: type, status: value, reason: reason, message: message, lastUpdateTime: at,
        lastTransitionTime: transition))
  }
}

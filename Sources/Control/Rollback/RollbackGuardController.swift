public import ClusterAPI
import Units

/// Watches native rolling updates and undoes the ones that break their objectives.
///
/// What it knows is stored in the Deployment's annotations, so that a restart loses nothing: the
/// ReplicaSet known to be good, the one that it rolls back from, and since when a new one has been
/// complete. The first revision that is seen complete counts as good.
public struct RollbackGuardController: Controller {
  public struct Input: Hashable, Sendable {
    public var rule: RollbackGuard
    public var deployment: Deployment
    /// ReplicaSets of the Deployment, by creation.
    public var replicaSets: [ReplicaSet]
    /// Of pods of the present template: restarts in all, and pods that have restarted.
    public var restarts: Int
    public var restartingPods: Int

    public init(
      rule: RollbackGuard, deployment: Deployment, replicaSets: [ReplicaSet], restarts: Int,
      restartingPods: Int
    ) {
      self.rule = rule
      self.deployment = deployment
      self.replicaSets = replicaSets
      self.restarts = restarts
      self.restartingPods = restartingPods
    }
  }

  public struct Memory: Hashable, Sendable {
    public init() {}
  }

  public let initial = Memory()
  /// The ReplicaSet of the last good revision.
  public static let good = "wavetank.dev/good-replica-set"
  /// The ReplicaSet that a rollback leaves, and the second in which it began.
  public static let leaving = "wavetank.dev/rolling-back-from"
  public static let leavingSince = "wavetank.dev/rolling-back-since"
  /// The ReplicaSet that is complete and watched, and the second in which that was seen.
  public static let watched = "wavetank.dev/watched-replica-set"
  public static let watchedSince = "wavetank.dev/watched-since"

  public init() {}

  public func reconcile(_ pass: inout Pass<Input, Memory>) throws(Suspended) -> Requeue {
    let rule = pass.input.rule
    let deployment = pass.input.deployment
    guard !deployment.spec.paused,
      deployment.status.observedGeneration >= deployment.meta.generation,
      let set = pass.input.replicaSets.first(where: {
        $0.spec.template == deployment.spec.template
      })
    else { return .after(rule.interval) }
    let notes = deployment.meta.annotations
    let complete = isComplete(deployment)
    guard let good = notes[RollbackGuardController.good] else {
      guard complete else { return .after(rule.interval) }
      return try store(deployment, &pass) { $0[RollbackGuardController.good] = set.meta.name }
    }
    if set.meta.name == good {
      guard let from = notes[RollbackGuardController.leaving], complete else {
        return .after(rule.interval)
      }
      return try finish(set, from: from, &pass)
    }
    if let reason = try broken(&pass) { return try rollBack(good, set, reason, &pass) }
    guard complete else { return .after(rule.interval) }
    return try watch(set, &pass)
  }

  private func isComplete(_ deployment: Deployment) -> Bool {
    let (status, wanted) = (deployment.status, deployment.spec.replicas)
    return status.updatedReplicas == wanted && status.replicas == wanted
      && status.availableReplicas == wanted
  }

  /// The first of the guard's limits that is broken.
  private func broken(_ pass: inout Pass<Input, Memory>) throws(Suspended) -> Reason? {
    let (rule, deployment) = (pass.input.rule, pass.input.deployment)
    let status = deployment.status
    if let progressing = status.conditions.first(where: { $0.type == "Progressing" }),
      progressing.reason == "ProgressDeadlineExceeded"
    {
      return .progressDeadlineExceeded(
        deadlineSeconds: deployment.spec.progressDeadlineSeconds ?? 0,
        updated: status.updatedReplicas, available: status.availableReplicas,
        wanted: deployment.spec.replicas)
    }
    if pass.input.restarts >= rule.restartThreshold {
      return .crashLooping(
        pods: pass.input.restartingPods, restarts: pass.input.restarts,
        threshold: rule.restartThreshold)
    }
    for objective in rule.objectives {
      if let reason = try broken(objective, &pass) { return reason }
    }
    return nil
  }

  private func broken(
    _ objective: RollbackGuard.Objective, _ pass: inout Pass<Input, Memory>
  ) throws(Suspended) -> Reason? {
    let measure: ObjectiveQuery.Measure =
      switch objective.limit {
      case .errorRatio: .errorRatio
      case .latency(let quantile, _): .latencyQuantile(quantile)
      }
    let answer = try pass.objective(
      ObjectiveQuery(service: objective.service, measure: measure, window: objective.window))
    guard let value = answer.value, answer.requests >= objective.minimumRequests else { return nil }
    switch objective.limit {
    case .errorRatio(let threshold):
      guard value > threshold.ppm else { return nil }
      return .errorRatioExceeded(
        service: objective.service, measured: Ratio(ppm: value), threshold: threshold,
        window: objective.window, requests: answer.requests)
    case .latency(let quantile, let threshold):
      guard value > threshold.ns else { return nil }
      return .latencyExceeded(
        service: objective.service, quantile: quantile, measured: Span(ns: value),
        threshold: threshold, window: objective.window, requests: answer.requests)
    }
  }

  private func rollBack(
    _ good: String, _ set: ReplicaSet, _ reason: Reason, _ pass: inout Pass<Input, Memory>
  ) throws(Suspended) -> Requeue {
    let deployment = pass.input.deployment
    guard let target = pass.input.replicaSets.first(where: { $0.meta.name == good }) else {
      try pass.report(key(deployment), .noEarlierRevision)
      return .after(pass.input.rule.interval)
    }
    let decision = Decision(
      subject: key(deployment), revision: revision(of: set), option: .rollBack, otherwise: .wait,
      reason: reason)
    guard try pass.decide(decision) == .rollBack else { return .after(pass.input.rule.interval) }
    var changed = deployment
    changed.spec.template = target.spec.template
    changed.meta.annotations[RollbackGuardController.leaving] = set.meta.name
    changed.meta.annotations[RollbackGuardController.leavingSince] =
      String(Timestamp(pass.now).seconds)
    changed.meta.annotations[RollbackGuardController.watched] = nil
    changed.meta.annotations[RollbackGuardController.watchedSince] = nil
    guard case .written = try pass.write(.replace(.deployment(changed))) else { return .backOff }
    return .after(pass.input.rule.interval)
  }

  /// The good revision is complete again: says so, and forgets the rollback.
  private func finish(
    _ set: ReplicaSet, from: String, _ pass: inout Pass<Input, Memory>
  ) throws(Suspended) -> Requeue {
    let deployment = pass.input.deployment
    let since =
      deployment.meta.annotations[RollbackGuardController.leavingSince]
      .flatMap { Int64($0) } ?? Timestamp(pass.now).seconds
    try pass.report(
      key(deployment),
      .restoredHealthy(
        revision: revision(of: set), available: deployment.status.availableReplicas,
        took: .seconds(Timestamp(pass.now).seconds - since)))
    return try store(deployment, &pass) {
      $0[RollbackGuardController.leaving] = nil
      $0[RollbackGuardController.leavingSince] = nil
    }
  }

  /// A complete rollout is watched for a while before it is the good one.
  private func watch(
    _ set: ReplicaSet, _ pass: inout Pass<Input, Memory>
  ) throws(Suspended) -> Requeue {
    let (rule, deployment) = (pass.input.rule, pass.input.deployment)
    let notes = deployment.meta.annotations
    let now = Timestamp(pass.now).seconds
    guard notes[RollbackGuardController.watched] == set.meta.name,
      let since = notes[RollbackGuardController.watchedSince].flatMap({ Int64($0) })
    else {
      return try store(deployment, &pass) {
        $0[RollbackGuardController.watched] = set.meta.name
        $0[RollbackGuardController.watchedSince] = String(now)
      }
    }
    let watched = Span.seconds(now - since)
    guard watched >= rule.watch else { return .after(rule.interval) }
    let decision = Decision(
      subject: key(deployment), revision: revision(of: set), option: .promote,
      otherwise: .rollBack,
      reason: .rolloutHealthy(
        available: deployment.status.availableReplicas, wanted: deployment.spec.replicas,
        watched: watched))
    if try pass.decide(decision) == .rollBack {
      let good = notes[RollbackGuardController.good] ?? ""
      return try rollBack(good, set, decision.reason, &pass)
    }
    return try store(deployment, &pass) {
      $0[RollbackGuardController.good] = set.meta.name
      $0[RollbackGuardController.watched] = nil
      $0[RollbackGuardController.watchedSince] = nil
    }
  }

  private func store(
    _ deployment: Deployment, _ pass: inout Pass<Input, Memory>, _ change: (inout Labels) -> Void
  ) throws(Suspended) -> Requeue {
    var changed = deployment
    change(&changed.meta.annotations)
    guard case .written = try pass.write(.replace(.deployment(changed))) else { return .backOff }
    return .after(pass.input.rule.interval)
  }

  private func key(_ deployment: Deployment) -> ObjectKey {
    ObjectKey(
      .deployment, namespace: deployment.meta.namespace, name: deployment.meta.name)
  }

  private func revision(of set: ReplicaSet) -> Int64 {
    set.meta.annotations["deployment.kubernetes.io/revision"].flatMap { Int64($0) } ?? 0
  }
}

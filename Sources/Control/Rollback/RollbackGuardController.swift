public import ClusterAPI
import Units

/// Watches native rolling updates and undoes the ones that break their limits.
///
/// A new revision is judged by its own pods and their requests, so that what old pods or another
/// fault do to the service is not charged to it. After a rollback the service as a whole is
/// verified. What the guard knows is stored in the Deployment's annotations (`GuardNotes`). The
/// first revision that is seen complete counts as good. Analyses of Argo Rollouts and checks of Flagger
/// may judge beside its own limits (`GuardJudgement`).
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

  /// All that it knows is stored.
  public struct Memory: Hashable, Sendable {
    public init() {}
  }

  public let initial = Memory()

  public init() {}

  public func reconcile(_ pass: inout Pass<Input, Memory>) throws(Suspended) -> Requeue {
    let deployment = pass.input.deployment
    let idle = Requeue.after(pass.input.rule.interval)
    guard !deployment.spec.paused,
      deployment.status.observedGeneration >= deployment.meta.generation,
      let set = pass.input.replicaSets.first(where: {
        $0.spec.template == deployment.spec.template
      })
    else { return idle }
    let notes = GuardNotes(deployment.meta.annotations)
    let complete = isComplete(deployment)
    guard let good = notes.good else {
      guard complete else { return idle }
      return try store(&pass) { $0.good = set.meta.name } ? idle : .backOff
    }
    if set.meta.name == good {
      guard let leaving = notes.leaving else { return idle }
      return try verify(set, since: leaving.since, notes, complete, &pass)
    }
    if let reason = try GuardLimits.broken(by: set, &pass) {
      return try rollBack(good, set, reason, &pass)
    }
    return try judge(set, good, notes, complete, &pass)
  }

  /// What analyses say, and else whether the revision has been watched long enough.
  private func judge(
    _ set: ReplicaSet, _ good: String, _ notes: GuardNotes, _ complete: Bool,
    _ pass: inout Pass<Input, Memory>
  ) throws(Suspended) -> Requeue {
    var changed = notes
    let outcome = try GuardJudgement.outcome(of: set, good: good, &changed, &pass)
    if let reason = outcome.reason { return try rollBack(good, set, reason, &pass) }
    var idle = pass.input.rule.interval
    if let next = outcome.next { idle = min(idle, max(.zero, next.instant - pass.now)) }
    if outcome.isChanged {
      guard try store(&pass, change: { $0 = changed }) else { return .backOff }
      if let report = outcome.report { try pass.report(key(pass.input.deployment), report) }
      return .after(idle)
    }
    guard complete, outcome.allowsPromotion else { return .after(idle) }
    return try watch(set, notes, &pass)
  }

  private func isComplete(_ deployment: Deployment) -> Bool {
    let (status, wanted) = (deployment.status, deployment.spec.replicas)
    return status.updatedReplicas == wanted && status.replicas == wanted
      && status.availableReplicas == wanted
  }

  private func rollBack(
    _ good: String, _ set: ReplicaSet, _ reason: Reason, _ pass: inout Pass<Input, Memory>
  ) throws(Suspended) -> Requeue {
    let deployment = pass.input.deployment
    guard let target = pass.input.replicaSets.first(where: { $0.meta.name == good }) else {
      return try giveUp(set, &pass)
    }
    let decision = Decision(
      subject: key(deployment), revision: revision(of: set), option: .rollBack, otherwise: .wait,
      reason: reason)
    guard try pass.decide(decision) == .rollBack else { return .after(pass.input.rule.interval) }
    let leaving = GuardNotes.Mark(set.meta.name, since: Timestamp(pass.now).seconds)
    let written = try store(&pass, template: target.spec.template) {
      $0.leaving = leaving
      $0.back = nil
      $0.watched = nil
      $0.analysis = nil
      $0.checks = nil
    }
    return written ? .after(pass.input.rule.interval) : .backOff
  }

  /// The good ReplicaSet is gone (`revisionHistoryLimit`): says so once.
  private func giveUp(
    _ set: ReplicaSet, _ pass: inout Pass<Input, Memory>
  ) throws(Suspended) -> Requeue {
    let deployment = pass.input.deployment
    let idle = Requeue.after(pass.input.rule.interval)
    if GuardNotes(deployment.meta.annotations).helpless == set.meta.name { return idle }
    guard try store(&pass, change: { $0.helpless = set.meta.name }) else { return .backOff }
    try pass.report(key(deployment), .noEarlierRevision)
    return idle
  }

  /// Waits until the good revision is complete, then until each objective's window holds nothing
  /// but what came after, and says whether the service keeps its limits again.
  private func verify(
    _ set: ReplicaSet, since: Int64, _ notes: GuardNotes, _ complete: Bool,
    _ pass: inout Pass<Input, Memory>
  ) throws(Suspended) -> Requeue {
    let (rule, deployment) = (pass.input.rule, pass.input.deployment)
    let now = Timestamp(pass.now).seconds
    guard complete else {
      guard notes.back != nil else { return .after(rule.interval) }
      return try store(&pass) { $0.back = nil } ? .after(rule.interval) : .backOff
    }
    guard let back = notes.back else {
      let mark = GuardNotes.Mark(set.meta.name, since: now)
      return try store(&pass) { $0.back = mark } ? .after(rule.interval) : .backOff
    }
    let window = rule.objectives.map(\.window).max() ?? .zero
    guard Span.seconds(now - back.since) >= window else { return .after(rule.interval) }
    let still = try GuardLimits.brokenObjective(of: nil, &pass)
    let (revision, available) = (revision(of: set), deployment.status.availableReplicas)
    let took = Span.seconds(back.since - since)
    let written = try store(&pass) {
      $0.leaving = nil
      $0.back = nil
    }
    guard written else { return .backOff }
    if let still {
      try pass.report(
        key(deployment),
        .notRestored(revision: revision, available: available, took: took, still: still))
    } else {
      try pass.report(
        key(deployment),
        .restoredHealthy(revision: revision, available: available, took: took))
    }
    return .after(rule.interval)
  }

  /// A complete rollout is watched for a while before it is the good one.
  private func watch(
    _ set: ReplicaSet, _ notes: GuardNotes, _ pass: inout Pass<Input, Memory>
  ) throws(Suspended) -> Requeue {
    let (rule, deployment) = (pass.input.rule, pass.input.deployment)
    let now = Timestamp(pass.now).seconds
    guard let mark = notes.watched, mark.replicaSet == set.meta.name else {
      let mark = GuardNotes.Mark(set.meta.name, since: now)
      return try store(&pass) { $0.watched = mark } ? .after(rule.interval) : .backOff
    }
    let watched = Span.seconds(now - mark.since)
    guard watched >= rule.watch else { return .after(rule.interval) }
    let decision = Decision(
      subject: key(deployment), revision: revision(of: set), option: .promote,
      otherwise: .rollBack,
      reason: .rolloutHealthy(
        available: deployment.status.availableReplicas, wanted: deployment.spec.replicas,
        watched: watched))
    switch try pass.decide(decision) {
    case .wait: return .after(rule.interval)
    case .rollBack: return try rollBack(notes.good ?? "", set, decision.reason, &pass)
    case .promote: break
    }
    let written = try store(&pass) {
      $0.good = set.meta.name
      $0.watched = nil
      $0.leaving = nil
      $0.back = nil
      $0.analysis = nil
      $0.checks = nil
    }
    return written ? .after(rule.interval) : .backOff
  }

  /// - Returns: false when the write was refused.
  private func store(
    _ pass: inout Pass<Input, Memory>, template: PodTemplate? = nil,
    change: (inout GuardNotes) -> Void
  ) throws(Suspended) -> Bool {
    var changed = pass.input.deployment
    var notes = GuardNotes(changed.meta.annotations)
    change(&notes)
    notes.store(in: &changed.meta.annotations)
    if let template { changed.spec.template = template }
    return try pass.write(.replace(.deployment(changed))).isWritten
  }

  private func key(_ deployment: Deployment) -> ObjectKey {
    ObjectKey(
      .deployment, namespace: deployment.meta.namespace, name: deployment.meta.name)
  }

  private func revision(of set: ReplicaSet) -> Int64 {
    set.meta.annotations["deployment.kubernetes.io/revision"].flatMap { Int64($0) } ?? 0
  }
}

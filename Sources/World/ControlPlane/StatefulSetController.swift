public import ClusterAPI
public import Control
public import Units

/// The StatefulSet controller: one sync is one pass (`statefulset.defaultStatefulSetControl`,
/// Kubernetes 1.36).
public struct StatefulSetController: Controller {
  public struct Input: Sendable {
    public var set: StatefulSet
    public var revisions: [ControllerRevision]
    public var pods: [StatefulSetPod]
    /// When the next pod that is ready becomes available.
    public var nextAvailable: Instant?
    /// The feature MaxUnavailableStatefulSet.
    public var heedsMaxUnavailable: Bool
  }

  /// This controller keeps nothing between passes.
  public struct Memory: Hashable, Sendable {
    public init() {}
  }

  public let initial = Memory()

  public init() {}

  public func reconcile(_ pass: inout Pass<Input, Memory>) throws(Suspended) -> Requeue {
    let input = pass.input
    let set = input.set
    let history = RevisionHistory(input.revisions)
    let settled = try pass.settle(
      history, of: set.meta, .statefulSet, set.template, hash: TemplateHash.text(set.template))
    guard let newest = settled else { return .backOff }
    let name = set.status.currentRevision
    let current = history.revisions.first { $0.meta.name == name } ?? newest
    let (replaced, failed) = try perform(
      plan(input, current, newest), [current, newest], of: set.meta.namespace, &pass)
    var status = status(input, current, newest)
    status.currentReplicas -= replaced
    complete(&status, set)
    var isRefused = failed
    if status != set.status {
      var changed = set
      changed.status = status
      if try !pass.store(status: .statefulSet(changed)) { isRefused = true }
    }
    let live = [current.meta.name, newest.meta.name] + input.pods.map(\.revision)
    let surplus = history.surplus(limit: set.revisionHistoryLimit, live: live)
    if try !pass.delete(surplus) || isRefused { return .backOff }
    if let next = input.nextAvailable { return .after(max(next - pass.now, .zero)) }
    return .never
  }

  private func plan(
    _ input: Input, _ current: ControllerRevision, _ newest: ControllerRevision
  ) -> StatefulSetUpdate.Plan {
    let set = input.set
    var update = StatefulSetUpdate(
      replicas: set.replicas, pods: input.pods, currentRevision: current.meta.name,
      updateRevision: newest.meta.name)
    update.start = set.startOrdinal
    update.isParallel = set.podManagementPolicy == "Parallel"
    update.isOnDelete = set.updateStrategy == "OnDelete"
    update.partition = set.partition
    if input.heedsMaxUnavailable {
      // Rounded down, but never below one (`getStatefulSetMaxUnavailable`).
      let wanted = set.maxUnavailable ?? .int(1)
      let scaled = (try? wanted.scaled(total: Int64(set.replicas), roundUp: false)) ?? 1
      update.maxUnavailable = max(1, Int(scaled))
    }
    return update.plan()
  }

  /// - Returns: how many pods were deleted to be replaced, and whether a write was refused.
  private func perform(
    _ plan: StatefulSetUpdate.Plan, _ revisions: [ControllerRevision], of namespace: String,
    _ pass: inout Pass<Input, Memory>
  ) throws(Suspended) -> (replaced: Int, failed: Bool) {
    for group in plan.groups {
      let commands = group.compactMap { command($0, revisions) }
      let results = try pass.write(all: commands)
      if results.contains(where: { !$0.isWritten }) { return (0, true) }
    }
    var replaced = 0
    for pod in plan.replaced {
      let refusal = try pass.write(.deletePod(pod, gracePeriodSeconds: nil)).refusal
      if let refusal, refusal != .notFound { return (replaced, true) }
      replaced += 1
    }
    return (replaced, false)
  }

  private func command(
    _ action: StatefulSetUpdate.Action, _ revisions: [ControllerRevision]
  ) -> Command? {
    switch action {
    case .delete(let pod): return .deletePod(pod, gracePeriodSeconds: nil)
    case .create(let ordinal, let name):
      guard let revision = revisions.first(where: { $0.meta.name == name }) else { return nil }
      return .createPod(
        owner: ClusterObject.controllerRevision(revision).key, ownerUID: revision.meta.uid,
        .ordinal(ordinal))
    }
  }

  /// `computeReplicaStatus`
  private func status(
    _ input: Input, _ current: ControllerRevision, _ newest: ControllerRevision
  ) -> StatefulSetStatus {
    var status = StatefulSetStatus()
    status.observedGeneration = input.set.meta.generation
    status.currentRevision = current.meta.name
    status.updateRevision = newest.meta.name
    status.replicas = input.pods.count
    for pod in input.pods {
      if pod.isReady { status.readyReplicas += 1 }
      if pod.isAvailable { status.availableReplicas += 1 }
      if pod.isTerminating { continue }
      if pod.revision == current.meta.name { status.currentReplicas += 1 }
      if pod.revision == newest.meta.name { status.updatedReplicas += 1 }
    }
    return status
  }

  /// `completeRollingUpdate`
  private func complete(_ status: inout StatefulSetStatus, _ set: StatefulSet) {
    guard set.updateStrategy != "OnDelete", status.updatedReplicas == set.replicas,
      status.readyReplicas == set.replicas, status.replicas == set.replicas
    else { return }
    status.currentReplicas = status.updatedReplicas
    status.currentRevision = status.updateRevision
  }
}

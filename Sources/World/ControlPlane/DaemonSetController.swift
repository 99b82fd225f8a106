public import ClusterAPI
public import Control
import Units

/// The DaemonSet controller: one sync is one pass (`daemon.syncDaemonSet`, Kubernetes 1.36).
public struct DaemonSetController: Controller {
  public struct Input: Sendable {
    public var set: DaemonSet
    public var revisions: [ControllerRevision]
    /// All that exist, and those whose pods are left over.
    public var nodes: [DaemonNode]
    /// Names of the revisions that pods were made from, of terminating ones too.
    public var liveRevisions: [String]
    public var seen: ControllerExpectations.Seen
  }

  public typealias Memory = ControllerExpectations
  public let initial = ControllerExpectations()
  /// `BurstReplicas`
  public static let burst = 250

  public init() {}

  public func reconcile(_ pass: inout Pass<Input, Memory>) throws(Suspended) -> Requeue {
    let input = pass.input
    let set = input.set
    let history = RevisionHistory(input.revisions)
    let settled = try pass.settle(
      history, of: set.meta, .daemonSet, set.template, hash: TemplateHash.text(set.template))
    guard let current = settled else { return .backOff }
    let nodes = input.nodes.map { node in marked(node, current) }
    let isSatisfied = pass.memory.areSatisfied(by: input.seen)
    var failed = false
    if isSatisfied {
      let update = self.update(set, nodes)
      var plan = update.management()
      if plan.isEmpty, set.updateStrategy != "OnDelete" { plan = update.replacement() }
      failed = try !perform(plan, current, &pass)
      if !failed {
        failed = try !pass.delete(
          history.surplus(
            limit: set.revisionHistoryLimit, except: current.meta.name,
            live: input.liveRevisions))
      }
    }
    let status = status(set, nodes, observes: isSatisfied)
    if status != set.status {
      var changed = set
      changed.status = status
      if try !pass.store(status: .daemonSet(changed)) { failed = true }
    }
    if failed { return .backOff }
    return requeue(set, nodes, status)
  }

  /// When to look again at pods that are ready and not yet available: those that count in the status
  /// after minReadySeconds, a new one beside an old one a second later (`updatePod`).
  private func requeue(
    _ set: DaemonSet, _ nodes: [DaemonNode], _ status: DaemonSetStatus
  ) -> Requeue {
    let wait = Span.seconds(Int64(set.minReadySeconds))
    if wait == .zero { return .never }
    if status.numberReady != status.numberAvailable { return .after(wait) }
    let isWaiting = nodes.contains { $0.pods.contains { $0.isReady && !$0.isAvailable } }
    return isWaiting ? .after(wait + .seconds(1)) : .never
  }

  /// Which of the node's pods are of the newest revision is known only now.
  private func marked(_ node: DaemonNode, _ current: ControllerRevision) -> DaemonNode {
    var node = node
    for index in node.pods.indices {
      node.pods[index].isNew = node.pods[index].revision == current.meta.name
    }
    return node
  }

  private func update(_ set: DaemonSet, _ nodes: [DaemonNode]) -> DaemonUpdate {
    set.updateStrategy == "OnDelete"
      ? DaemonUpdate(nodes: nodes)
      : DaemonUpdate(
        nodes: nodes, maxSurge: set.maxSurge, maxUnavailable: set.maxUnavailable)
  }

  /// `syncNodes`: creations with a slow start, then deletions; false when one was refused.
  private func perform(
    _ plan: DaemonUpdate.Plan, _ revision: ControllerRevision, _ pass: inout Pass<Input, Memory>
  ) throws(Suspended) -> Bool {
    if plan.isEmpty { return true }
    let key = ClusterObject.controllerRevision(revision).key
    let wanted = plan.created.prefix(DaemonSetController.burst)
    var (created, start, size) = (0, 0, 1)
    var isRefused = false
    while start < wanted.count, !isRefused {
      let batch = wanted.dropFirst(start).prefix(size)
      let results = try pass.write(
        all: batch.map { .createPod(owner: key, ownerUID: revision.meta.uid, .node($0)) })
      created += results.count { $0.isWritten }
      isRefused = results.contains { !$0.isWritten }
      (start, size) = (start + batch.count, size * 2)
    }
    let leaving = plan.deleted.prefix(DaemonSetController.burst)
    var deleted = 0
    if !leaving.isEmpty {
      let results = try pass.write(
        all: leaving.map { .deletePod($0, gracePeriodSeconds: nil) })
      deleted = results.count { $0.isWritten }
      if results.contains(where: { $0.refusal.map { $0 != .notFound } ?? false }) {
        isRefused = true
      }
    }
    pass.memory.expect(creations: created, after: pass.input.seen)
    pass.memory.expect(deletions: deleted, after: pass.input.seen)
    return !isRefused
  }

  /// `updateDaemonSetStatus`: of each node the oldest pod counts.
  private func status(
    _ set: DaemonSet, _ nodes: [DaemonNode], observes: Bool
  ) -> DaemonSetStatus {
    var status = DaemonSetStatus()
    status.observedGeneration = observes ? set.meta.generation : set.status.observedGeneration
    for node in nodes where node.exists {
      if !node.shouldRun {
        if !node.pods.isEmpty { status.numberMisscheduled += 1 }
        continue
      }
      status.desiredNumberScheduled += 1
      guard let pod = node.pods.first else { continue }
      status.currentNumberScheduled += 1
      if pod.isReady { status.numberReady += 1 }
      if pod.isAvailable { status.numberAvailable += 1 }
      if pod.isNew { status.updatedNumberScheduled += 1 }
    }
    status.numberUnavailable = status.desiredNumberScheduled - status.numberAvailable
    return status
  }
}

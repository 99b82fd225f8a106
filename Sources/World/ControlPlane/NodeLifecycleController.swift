import ClusterAPI
public import Control
public import Units

/// The node lifecycle controller: Ready=Unknown for a node whose lease expired, its taints, and its
/// pods marked not ready (`nodelifecycle.monitorNodeHealth`, Kubernetes 1.36).
public struct NodeLifecycleController: Controller {
  public struct Input: Sendable {
    public var node: NodeID
    public var view: NodeView
    /// A check has found that the lease was not renewed within the grace period.
    public var isExpired: Bool
    /// When the zone's eviction rate lets the lost node have its NoExecute taint; nil: not yet.
    public var noExecuteFrom: Instant?
    /// The next health check.
    public var nextCheck: Instant
    /// Pods of the node that are Ready, those that are being deleted too.
    public var readyPods: [PodID]
  }

  public struct Memory: Hashable, Sendable {
    /// The check at which a node that is back loses its NoExecute taint.
    public var removeNoExecuteFrom: Instant?
    public var podsMarked = false
    public init() {}
  }

  public let initial = Memory()

  public init() {}

  public func reconcile(_ pass: inout Pass<Input, Memory>) throws(Suspended) -> Requeue {
    let input = pass.input
    var ready = input.view.ready
    let present = input.view.spec.taints.filter { NodeTaints.isOwned($0) }
    if input.isExpired, ready != .unknown {
      let write = Command.setNodeHealth(input.node, ready: .unknown, taints: present)
      guard case .written = try pass.write(write) else { return .backOff }
      ready = .unknown
    }
    if ready == .yes { pass.memory.podsMarked = false }
    if ready == .unknown, input.isExpired, !pass.memory.podsMarked {
      let results = try pass.write(all: input.readyPods.map { .markPodNotReady($0) })
      if results.contains(where: { !$0.isWritten }) { return .backOff }
      pass.memory.podsMarked = true
    }
    let due = noExecuteDue(ready, present, &pass)
    let wanted = NodeTaints.wanted(
      ready: ready, unschedulable: input.view.spec.unschedulable, present: present,
      mayChangeNoExecute: due.map { $0 <= pass.now } ?? false)
    if wanted != present {
      let write = Command.setNodeHealth(input.node, ready: ready, taints: wanted)
      guard case .written = try pass.write(write) else { return .backOff }
    }
    if let due, due > pass.now { return .after(due - pass.now) }
    return .never
  }

  /// When the NoExecute taint may come or go; nil: not as things stand.
  private func noExecuteDue(
    _ ready: Condition.Status, _ present: [Taint], _ pass: inout Pass<Input, Memory>
  ) -> Instant? {
    guard ready == .yes, present.contains(where: { $0.effect == .noExecute }) else {
      pass.memory.removeNoExecuteFrom = nil
      return ready == .yes ? nil : pass.input.noExecuteFrom
    }
    let due = pass.memory.removeNoExecuteFrom ?? pass.input.nextCheck
    pass.memory.removeNoExecuteFrom = due
    return due
  }
}

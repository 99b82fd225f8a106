public import ClusterAPI
public import Control
public import Units

/// The taint eviction controller: deletes the pods of a node with NoExecute taints when their
/// tolerations end (`tainteviction.Controller`, Kubernetes 1.36).
public struct TaintEvictionController: Controller {
  public struct Input: Sendable {
    /// The node's NoExecute taints.
    public var taints: [Taint]
    /// Its pods that are not being deleted, ascending, with the tolerations that admission left them.
    public var pods: [(id: PodID, tolerations: [Toleration])]
  }

  /// What a restart loses: since when each pod has been on the tainted node.
  public struct Memory: Hashable, Sendable {
    public var since: [PodID: Instant] = [:]
    public init() {}
  }

  public let initial = Memory()

  public init() {}

  public func reconcile(_ pass: inout Pass<Input, Memory>) throws(Suspended) -> Requeue {
    let input = pass.input
    var since: [PodID: Instant] = [:]
    var next = Instant.never
    var due: [Command] = []
    for pod in input.pods where !input.taints.isEmpty {
      let start = pass.memory.since[pod.id] ?? pass.now
      since[pod.id] = start
      switch TaintEviction(taints: input.taints, tolerations: pod.tolerations) {
      case .never: continue
      case .now: due.append(.deletePod(pod.id, gracePeriodSeconds: nil))
      case .after(let wait):
        if start + wait > pass.now {
          next = min(next, start + wait)
        } else {
          due.append(.deletePod(pod.id, gracePeriodSeconds: nil))
        }
      }
    }
    pass.memory.since = since
    if !due.isEmpty {
      let results = try pass.write(all: due)
      if results.contains(where: { !$0.isWritten }) { return .backOff }
    }
    return next == .never ? .never : .after(next - pass.now)
  }
}

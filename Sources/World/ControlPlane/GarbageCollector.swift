public import ClusterAPI
public import Control
public import Units

/// The garbage collector: deletes pods, and what they were made from, once their workload is gone
/// (`garbagecollector.attemptToDeleteItem`, Kubernetes 1.36).
///
/// A ReplicaSet goes before its pods: it would replace them.
public struct GarbageCollector: Controller {
  public struct Input: Sendable {
    /// The ReplicaSet whose Deployment is gone.
    public var replicaSet: ReplicaSet?
    /// Pods of one owner that are not being deleted.
    public var pods: [PodID]
    /// The revision that they were made from, unless it is gone.
    public var revision: ControllerRevision?
  }

  /// It keeps nothing between passes.
  public struct Memory: Hashable, Sendable {
    public init() {}
  }

  public let initial = Memory()

  public init() {}

  public func reconcile(_ pass: inout Pass<Input, Memory>) throws(Suspended) -> Requeue {
    let input = pass.input
    if let set = input.replicaSet {
      let command = Command.delete(ClusterObject.replicaSet(set).key, uid: set.meta.uid)
      // Its pods follow when it is seen to be gone.
      if case .refused(let refusal) = try pass.write(command), refusal != .notFound {
        return .backOff
      }
      return .never
    }
    if !input.pods.isEmpty {
      let results = try pass.write(
        all: input.pods.map { .deletePod($0, gracePeriodSeconds: nil) })
      if results.contains(where: { $0.refusal.map { $0 != .notFound } ?? false }) {
        return .backOff
      }
    }
    if let revision = input.revision, try !pass.delete([revision]) { return .backOff }
    return .never
  }
}

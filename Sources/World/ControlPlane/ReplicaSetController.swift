public import ClusterAPI
public import Control
public import Units

/// The ReplicaSet controller: makes and deletes pods until there are as many as wanted
/// (`replicaset.syncReplicaSet`, Kubernetes 1.36).
public struct ReplicaSetController: Controller {
  public struct Input: Hashable, Sendable {
    public var replicaSet: ReplicaSet
    /// Active pods: neither terminating nor ended; in the order in which they are to be deleted.
    public var active: [PodID]
    public var ready: Int
    /// Ready for at least minReadySeconds.
    public var available: Int
    public var terminating: Int
    /// When the next pod that is ready becomes available.
    public var nextAvailable: Instant?
    public var seen: ControllerExpectations.Seen
  }

  public typealias Memory = ControllerExpectations
  public let initial = ControllerExpectations()
  /// `BurstReplicas`
  public static let burst = 500

  public init() {}

  public func reconcile(_ pass: inout Pass<Input, Memory>) throws(Suspended) -> Requeue {
    let input = pass.input
    let set = input.replicaSet
    let key = ObjectKey(.replicaSet, namespace: set.meta.namespace, name: set.meta.name)
    var failure: Refusal?
    if pass.memory.areSatisfied(by: input.seen) {
      let difference = set.spec.replicas - input.active.count
      if difference > 0 {
        // Slow start: 1, 2, 4, ... creations side by side, as long as they succeed.
        var remaining = min(difference, ReplicaSetController.burst)
        var batch = 1
        var created = 0
        while remaining > 0, failure == nil {
          let size = min(batch, remaining)
          let creation = Command.createPod(owner: key, ownerUID: set.meta.uid)
          let results = try pass.write(all: Array(repeating: creation, count: size))
          created += results.count { $0.isWritten }
          failure = results.lazy.compactMap(\.refusal).first
          remaining -= size
          batch *= 2
        }
        pass.memory.expect(creations: created, after: input.seen)
      } else if difference < 0 {
        let count = min(-difference, ReplicaSetController.burst)
        let deletions = input.active.prefix(count).map {
          Command.deletePod($0, gracePeriodSeconds: nil)
        }
        let results = try pass.write(all: deletions)
        failure = results.lazy.compactMap(\.refusal).first
        pass.memory.expect(deletions: results.count { $0.isWritten }, after: input.seen)
      }
    }
    var status = set.status
    status.observedGeneration = set.meta.generation
    status.replicas = input.active.count
    status.readyReplicas = input.ready
    status.availableReplicas = input.available
    status.terminatingReplicas = input.terminating
    note(failure, in: &status, missing: set.spec.replicas - input.active.count, now: pass.now)
    if status != set.status {
      var changed = set
      changed.status = status
      if case .refused = try pass.write(.replaceStatus(.replicaSet(changed))) { return .backOff }
    }
    if failure != nil { return .backOff }
    if let next = input.nextAvailable { return .after(max(next - pass.now, .zero)) }
    return .never
  }

  /// The condition ReplicaFailure tells of the first failure since the last success
  /// (`calculateStatus`).
  private func note(
    _ failure: Refusal?, in status: inout ReplicaSetStatus, missing: Int, now: Instant
  ) {
    let index = status.conditions.firstIndex { $0.type == "ReplicaFailure" }
    switch (failure, index) {
    case (let failure?, nil):
      status.conditions.append(
        Condition(
          type: "ReplicaFailure", status: .yes,
          reason: missing > 0 ? "FailedCreate" : "FailedDelete", message: failure.message,
          lastUpdateTime: Timestamp(now), lastTransitionTime: Timestamp(now)))
    case (nil, let index?): status.conditions.remove(at: index)
    default: break
    }
  }
}

import ClusterAPI

/// What sort of thing happened: reports sort, colour and leave out by it.
enum HappeningGroup: String, CaseIterable {
  case change, fault, decision, condition, scaling, failure, pod, conflict

  /// Steps that every rollout is made of: told only where all is told.
  var isOrdinary: Bool { self == .pod || self == .conflict }

  init(_ happening: Happening) {
    switch happening {
    case .applied, .refused: self = .change
    case .fault: self = .fault
    case .alertFires: self = .failure
    case .alertResolved, .alertPending: self = .condition
    case .decided, .reported: self = .decision
    case .condition: self = .condition
    case .replicaSetCreated, .replicaSetScaled, .scaled: self = .scaling
    case .podUnschedulable, .podUnready, .containerExited, .crashLoopBackOff, .containerKilled,
      .probeFailed, .imagePullFailed, .outOfMemory, .podPreempted, .podRejected,
      .volumeBusy:
      self = .failure
    case .nodeReady(_, let status): self = status == .yes ? .condition : .failure
    case .podEvicted(_, let refusal): self = refusal == nil ? .pod : .failure
    case .conflict: self = .conflict
    case .podCreated, .podBound, .imagePulled, .podRunning, .podReady, .podTerminating, .podGone:
      self = .pod
    }
  }
}

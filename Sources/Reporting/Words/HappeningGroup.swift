import ClusterAPI

/// What sort of thing happened: reports sort, colour and leave out by it.
enum HappeningGroup: String, CaseIterable {
  case change, fault, decision, condition, scaling, failure, pod

  init(_ happening: Happening) {
    switch happening {
    case .applied: self = .change
    case .fault: self = .fault
    case .decided, .reported: self = .decision
    case .condition: self = .condition
    case .replicaSetCreated, .replicaSetScaled: self = .scaling
    case .podUnschedulable, .podUnready, .containerExited, .imagePullFailed, .outOfMemory,
      .conflict:
      self = .failure
    case .podCreated, .podBound, .podRunning, .podReady, .podTerminating, .podGone: self = .pod
    }
  }
}

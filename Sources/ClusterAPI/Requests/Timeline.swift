public import Units

/// Something that a reader of a run wants to see: a transition, a failure, a decision.
public enum Happening: Codable, Hashable, Sendable {
  case applied(ObjectKey)
  case fault(String)
  case replicaSetCreated(ObjectKey, replicas: Int)
  case replicaSetScaled(ObjectKey, from: Int, to: Int)
  case podCreated(PodID)
  case podBound(PodID, NodeID)
  case podUnschedulable(PodID, message: String)
  case podRunning(PodID)
  case podReady(PodID)
  case podUnready(PodID)
  case containerExited(PodID, restarts: Int)
  case imagePullFailed(PodID)
  /// OOMKilled: the process held more than its limit.
  case outOfMemory(PodID)
  case podTerminating(PodID)
  /// The node's Ready condition has changed.
  case nodeReady(NodeID, Condition.Status)
  case podGone(PodID)
  case condition(ObjectKey, Condition)
  case conflict(ObjectKey)
  case decided(Decision, taken: DecisionOption)
  case reported(ObjectKey, Reason)
}

public struct TimelineEntry: Codable, Hashable, Sendable {
  public var at: Instant
  public var happening: Happening

  public init(at: Instant, happening: Happening) {
    self.at = at
    self.happening = happening
  }
}

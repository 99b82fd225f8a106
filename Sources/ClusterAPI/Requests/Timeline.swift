public import Units

/// Something that a reader of a run wants to see: a transition, a failure, a decision.
public enum Happening: Codable, Hashable, Sendable {
  case applied(ObjectKey)
  case fault(String)
  case replicaSetCreated(ObjectKey, replicas: Int)
  case replicaSetScaled(ObjectKey, from: Int, to: Int)
  /// The scale subresource of a workload was written.
  case scaled(ObjectKey, from: Int, to: Int)
  case podCreated(PodID)
  case podBound(PodID, NodeID)
  case podUnschedulable(PodID, message: String)
  case podRunning(PodID)
  case podReady(PodID)
  case podUnready(PodID)
  case containerExited(PodID, restarts: Int)
  /// The container waits before it is started again (CrashLoopBackOff).
  case crashLoopBackOff(PodID, wait: Span)
  /// The kubelet ends the container of a pod that stays, or kills one that does not end by itself.
  case containerKilled(PodID, KillReason)
  /// The result of a probe became Failure, after so many failures as its threshold says.
  case probeFailed(PodID, ProbeKind, timedOut: Bool)
  case imagePulled(PodID, image: String, took: Span)
  /// ErrImagePull, or ErrImageNeverPull.
  case imagePullFailed(PodID)
  /// OOMKilled: the process held more than its limit.
  case outOfMemory(PodID)
  /// Multi-Attach error: the claim's volume is still attached to another node.
  case volumeBusy(PodID, claim: String, node: NodeID)
  /// The kubelet does not take the pod (UnexpectedAdmissionError), which has failed for good.
  case podRejected(PodID, message: String)
  case podTerminating(PodID)
  /// What the eviction API answered; nil: granted.
  case podEvicted(PodID, refusal: String?)
  /// The scheduler deletes the first pod to make room for the second.
  case podPreempted(PodID, by: PodID)
  /// The node's Ready condition has changed.
  case nodeReady(NodeID, Condition.Status)
  case podGone(PodID)
  case condition(ObjectKey, Condition)
  case conflict(ObjectKey)
  /// Admission or a quota forbade the user's write (403); the API's own words.
  case refused(ObjectKey, message: String)
  case decided(Decision, taken: DecisionOption)
  case reported(ObjectKey, Reason)
  /// An alerting rule has begun to fire.
  case alertFires(String, about: String)
  case alertResolved(String, about: String)
  /// Its series has been there since, and is there at the end of the run: it fires after `hold`, if that
  /// goes on.
  case alertPending(String, about: String, hold: Span)
}

/// Why a container is killed.
public enum KillReason: String, Codable, Hashable, Sendable {
  case liveness, startup
  /// It was still there at the end of the grace period: KILL.
  case gracePeriod
}

public struct TimelineEntry: Codable, Hashable, Sendable {
  public var at: Instant
  public var happening: Happening

  public init(at: Instant, happening: Happening) {
    self.at = at
    self.happening = happening
  }
}

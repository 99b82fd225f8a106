public struct StatefulSetStatus: Hashable, Sendable {
  public var observedGeneration: Int64 = 0
  public var replicas = 0
  public var readyReplicas = 0
  public var availableReplicas = 0
  /// Of `currentRevision`, and of `updateRevision`; not terminating.
  public var currentReplicas = 0
  public var updatedReplicas = 0
  /// Names of ControllerRevisions; empty until there is one.
  public var currentRevision = ""
  public var updateRevision = ""

  public init() {}
}

public struct DaemonSetStatus: Hashable, Sendable {
  public var observedGeneration: Int64 = 0
  public var desiredNumberScheduled = 0
  public var currentNumberScheduled = 0
  public var numberMisscheduled = 0
  public var updatedNumberScheduled = 0
  public var numberReady = 0
  public var numberAvailable = 0
  public var numberUnavailable = 0

  public init() {}
}

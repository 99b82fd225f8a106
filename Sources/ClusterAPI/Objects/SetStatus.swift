public import Units

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

public struct JobStatus: Hashable, Sendable {
  /// Pods that are neither being deleted nor have ended.
  public var active = 0
  public var ready = 0
  public var terminating = 0
  public var succeeded = 0
  public var failed = 0
  public var startTime: Timestamp?
  public var completionTime: Timestamp?
  public var conditions: [Condition] = []

  public init() {}

  /// Whether a condition of this type is true.
  public func has(_ type: String) -> Bool {
    conditions.contains { $0.type == type && $0.status == .yes }
  }
}

public import Units

/// What happens to requests; the raw values are `Event.kind`, apart from those of the cluster's events.
public enum TrafficEvent: UInt8, Sendable, CaseIterable {
  /// A new request reaches a gateway; the slot is the load.
  case arrives = 32
  /// A further attempt reaches a gateway; the slot is the request, as in the next three.
  case retries
  /// An attempt reaches its pod, one hop after the gateway.
  case reachesPod
  /// The pod has done the work of an attempt.
  case completes
  /// The client gives up on an attempt that is being served.
  case timesOut
  /// The client of the oldest waiting attempt gives up; the slot is the pod.
  case waitingTimesOut
}

/// What the rest of the world has to know about a traffic event.
public enum TrafficEffect: Equatable, Sendable {
  case none
  /// Nothing happened: what the event was about had ended before. Not to be counted as an event.
  case stale
  /// The process holds more than its memory limit; the kernel kills it.
  case outOfMemory(PodID)
  /// A draining process has nothing left to serve.
  case idle(PodID)
  /// Requests wait in a pod that is watched: a probe would have to wait too.
  case pressed(PodID)
  /// A probe has passed through the pod's queue and was served.
  case probeAnswered(PodID, token: UInt32)
}

/// How an attempt or a request ended.
public enum RequestOutcome: UInt8, Hashable, Sendable, CaseIterable {
  case ok
  /// The application answered with a server error (500).
  case serverError
  /// Nothing listens at the address: the process is not up yet, drains or is gone.
  case refused
  /// The process died while the attempt was served or waited.
  case reset
  /// The pod's queue was full (503).
  case overflow
  /// The gateway knew no ready endpoint (503).
  case noEndpoints
  /// The client gave up.
  case timeout
}

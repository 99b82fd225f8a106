import ClusterAPI
import Control
import Units

/// What the probes of a container find: the process behind them.
struct ProcessOutlook: ProbeOutlook, Hashable, Sendable {
  /// Until then the process refuses connections, and its commands fail.
  var listensAt = Instant.never
  /// Readiness never comes, though the process runs.
  var isNeverReady = false
  /// The process has been sent TERM and takes no new connections.
  var isClosed = false
  /// Requests wait in the pod's queue: a probe has to wait among them, and may time out.
  var isPressed = false
  var queued = ProbeSet()
  /// How long a probe takes that need not wait.
  var latency = Span.milliseconds(1)

  func probe(_ kind: ProbeKind, at: Instant) -> (ProbeOutcome, Span)? {
    if at < listensAt || (isClosed && queued.contains(kind)) { return (.failure, latency) }
    if isNeverReady && kind == .readiness { return (.failure, latency) }
    if isPressed && queued.contains(kind) { return nil }
    return (.success, latency)
  }

  func changes(_ kind: ProbeKind, after at: Instant) -> Instant {
    at < listensAt ? listensAt : .never
  }
}

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
  /// The kubelet waits no longer for the answer.
  var timeouts = ProbeTimeouts()

  func probe(_ kind: ProbeKind, at: Instant) -> (ProbeOutcome, Span)? {
    if at < listensAt || (isClosed && queued.contains(kind)) { return (.failure, latency) }
    if isNeverReady && kind == .readiness { return (.failure, latency) }
    if latency >= timeouts[kind] { return (.timeout, timeouts[kind]) }
    if isPressed && queued.contains(kind) { return nil }
    return (.success, latency)
  }

  func changes(_ kind: ProbeKind, after at: Instant) -> Instant {
    at < listensAt ? listensAt : .never
  }
}

/// `timeoutSeconds` of a container's probes; without a probe of a kind: never.
struct ProbeTimeouts: Hashable, Sendable {
  private var startup = Span(ns: .max)
  private var readiness = Span(ns: .max)
  private var liveness = Span(ns: .max)

  init() {}

  init(_ rules: ProbeRules) {
    if let rule = rules.startup { startup = rule.timeout }
    if let rule = rules.readiness { readiness = rule.timeout }
    if let rule = rules.liveness { liveness = rule.timeout }
  }

  subscript(kind: ProbeKind) -> Span {
    switch kind {
    case .startup: startup
    case .readiness: readiness
    case .liveness: liveness
    }
  }
}

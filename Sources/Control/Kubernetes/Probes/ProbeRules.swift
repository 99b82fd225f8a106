public import ClusterAPI
public import Units

/// The rules of one probe, as the kubelet's worker reads them.
public struct ProbeRule: Hashable, Sendable {
  /// Whole seconds since the start of the container.
  public var initialDelaySeconds: Int64
  public var period: Span
  public var timeout: Span
  public var successThreshold: UInt16
  public var failureThreshold: UInt16

  public init(
    initialDelaySeconds: Int64, period: Span, timeout: Span, successThreshold: UInt16,
    failureThreshold: UInt16
  ) {
    precondition(period > .zero, "a probe's period is above zero")
    self.initialDelaySeconds = initialDelaySeconds
    self.period = period
    self.timeout = timeout
    self.successThreshold = successThreshold
    self.failureThreshold = failureThreshold
  }

  /// A zero stands for the default, as the API server fills it in.
  public init(_ probe: Probe) {
    self.init(
      initialDelaySeconds: Int64(max(0, probe.initialDelaySeconds)),
      period: .seconds(Int64(probe.periodSeconds < 1 ? 10 : probe.periodSeconds)),
      timeout: .seconds(Int64(max(1, probe.timeoutSeconds))),
      successThreshold: UInt16(clamping: max(1, probe.successThreshold)),
      failureThreshold: UInt16(clamping: probe.failureThreshold < 1 ? 3 : probe.failureThreshold))
  }
}

/// The probes of one container; nil: it has none of that kind.
public struct ProbeRules: Hashable, Sendable {
  public var startup: ProbeRule?
  public var readiness: ProbeRule?
  public var liveness: ProbeRule?

  public init(
    startup: ProbeRule? = nil, readiness: ProbeRule? = nil, liveness: ProbeRule? = nil
  ) {
    self.startup = startup
    self.readiness = readiness
    self.liveness = liveness
  }

  public init(_ container: Container) {
    self.init(
      startup: container.startupProbe.map { ProbeRule($0) },
      readiness: container.readinessProbe.map { ProbeRule($0) },
      liveness: container.livenessProbe.map { ProbeRule($0) })
  }

  public var isEmpty: Bool { startup == nil && readiness == nil && liveness == nil }

  public subscript(kind: ProbeKind) -> ProbeRule? {
    switch kind {
    case .startup: startup
    case .readiness: readiness
    case .liveness: liveness
    }
  }
}

/// How one probe came out.
public enum ProbeOutcome: UInt8, Hashable, Sendable {
  case success, failure
  /// No answer within the timeout: a failure.
  case timeout
  /// The prober itself erred; tried three times in a row, then thrown away.
  case error
}

/// What a worker holds of a container; it changes when a threshold is reached.
public enum ProbeResult: UInt8, Hashable, Sendable {
  /// The worker has not seen the container yet.
  case none
  case unknown, success, failure
}

/// A worker's result of a container changed.
public struct ProbeChange: Hashable, Sendable {
  public var kind: ProbeKind
  public var result: ProbeResult
  /// The outcome that decided it; nil: an initial value, or the container does not run.
  public var outcome: ProbeOutcome?
  /// Counted from 1.
  public var instance: UInt32
}

/// What a probe will find: the process behind it.
public protocol ProbeOutlook {
  /// Outcome and duration of a probe that starts now; nil: not known before it ends.
  mutating func probe(_ kind: ProbeKind, at: Instant) -> (ProbeOutcome, Span)?
  /// The earliest moment after `at` at which a probe that starts may come out otherwise.
  func changes(_ kind: ProbeKind, after at: Instant) -> Instant
}

public import ClusterAPI
public import Units

/// The probe workers of one container, and what they know of it (`prober.Manager`, Kubernetes 1.36).
///
/// A value without a clock: whoever holds it says when the container starts and ends and when the
/// pod is synced, lets it `step` when it is `due`, and does what a change asks for. The same value
/// answers the recorded cases and drives the simulated kubelet.
public struct ContainerProbes: Hashable, Sendable {
  /// The container instance, counted from 1; 0: none has been started yet.
  public private(set) var instance: UInt32 = 0
  public private(set) var isRunning = false
  public private(set) var startedAt = Instant.never
  var startup = ProbeWorker()
  var readiness = ProbeWorker()
  var liveness = ProbeWorker()
  /// The pod is being deleted.
  var isDeleting = false

  /// The pod is added: workers tick from now on.
  public init(_ rules: ProbeRules, at: Instant) {
    if let rule = rules.startup { startup = ProbeWorker(rule, at: at) }
    if let rule = rules.readiness { readiness = ProbeWorker(rule, at: at) }
    if let rule = rules.liveness { liveness = ProbeWorker(rule, at: at) }
  }

  public subscript(kind: ProbeKind) -> ProbeWorker {
    get {
      switch kind {
      case .startup: startup
      case .readiness: readiness
      case .liveness: liveness
      }
    }
    set {
      switch kind {
      case .startup: startup = newValue
      case .readiness: readiness = newValue
      case .liveness: liveness = newValue
      }
    }
  }

  /// A new instance of the container runs.
  public mutating func containerStarts(at: Instant) {
    precondition(!isRunning, "a container starts that runs already")
    instance += 1
    isRunning = true
    startedAt = at
  }

  public mutating func containerEnds() { isRunning = false }

  /// The pod has a deletionTimestamp: startup and liveness report success once more and stop.
  public mutating func podIsDeleted() { isDeleting = true }

  /// Whether the container counts as started: it runs, and its startup probe has succeeded.
  public func isStarted(_ rules: ProbeRules) -> Bool {
    guard isRunning else { return false }
    return rules.startup == nil || (startup.seen == instance && startup.result == .success)
  }

  /// Whether the container is ready: it is started, and its readiness probe has succeeded.
  public func isReady(_ rules: ProbeRules) -> Bool {
    guard isStarted(rules) else { return false }
    return rules.readiness == nil || (readiness.seen == instance && readiness.result == .success)
  }

  /// The kubelet syncs the pod: a container that is started but not ready is probed at once.
  public mutating func sync(_ rules: ProbeRules, at: Instant) {
    guard rules.readiness != nil, isStarted(rules), !isReady(rules) else { return }
    readiness.trigger(at)
  }

  /// When a worker acts next, ticks that change nothing included.
  public var due: Instant { min(startup.due, readiness.due, liveness.due) }

  /// A probe whose end was not known has ended; the worker is due.
  public mutating func finish(_ kind: ProbeKind, _ outcome: ProbeOutcome, at: Instant) {
    precondition(self[kind].isProbing, "a \(kind) probe ends that is not under way")
    self[kind].outcome = outcome
    self[kind].tries = ProbeWorker.triesMax
    self[kind].due = at
  }

  /// Whether a probe of that kind is under way.
  public func isProbing(_ kind: ProbeKind) -> Bool { self[kind].isProbing }

  /// Lets the worker act that is due first.
  public mutating func step(
    _ rules: ProbeRules, _ outlook: inout some ProbeOutlook
  ) -> [ProbeChange] {
    let at = due
    precondition(at != .never, "no worker is due")
    let kind: ProbeKind =
      startup.due == at ? .startup : readiness.due == at ? .readiness : .liveness
    guard let rule = rules[kind] else { preconditionFailure("a \(kind) worker without a probe") }
    if self[kind].isProbing { return ends(kind, rule, at, &outlook) }
    self[kind].wake(rule, at)
    return look(kind, rule, rules, at, &outlook)
  }

  /// A worker looks at its container and probes it if that is the time (`doProbe`).
  private mutating func look(
    _ kind: ProbeKind, _ rule: ProbeRule, _ rules: ProbeRules, _ at: Instant,
    _ outlook: inout some ProbeOutlook
  ) -> [ProbeChange] {
    guard instance > 0 else { return [] }
    var changes: [ProbeChange] = []
    if self[kind].seen != instance {
      self[kind].seen = instance
      self[kind].result = .none
      self[kind].isOnHold = false
      set(kind, initial(kind), nil, &changes)
    }
    if self[kind].isOnHold { return changes }
    guard isRunning else {
      set(kind, .failure, nil, &changes)
      return changes
    }
    if isDeleting && kind != .readiness {
      set(kind, .success, nil, &changes)
      self[kind].nextTick = .never
      self[kind].due = .never
      return changes
    }
    if isDelayed(rule, at) || isStarted(rules) == (kind == .startup) { return changes }
    self[kind].isProbing = true
    self[kind].tries = 0
    attempt(kind, at, &outlook)
    return changes
  }

  /// Whole seconds are compared, cut off.
  private func isDelayed(_ rule: ProbeRule, _ at: Instant) -> Bool {
    (at - startedAt).ns / 1_000_000_000 < rule.initialDelaySeconds
  }

  private func initial(_ kind: ProbeKind) -> ProbeResult {
    switch kind {
    case .startup: .unknown
    case .readiness: .failure
    case .liveness: .success
    }
  }

  private mutating func attempt(
    _ kind: ProbeKind, _ at: Instant, _ outlook: inout some ProbeOutlook
  ) {
    self[kind].tries += 1
    if let (outcome, duration) = outlook.probe(kind, at: at) {
      self[kind].outcome = outcome
      self[kind].due = at + duration
    } else {
      self[kind].due = .never
    }
  }

  /// A probe ends: its outcome counts when it came often enough in a row.
  private mutating func ends(
    _ kind: ProbeKind, _ rule: ProbeRule, _ at: Instant, _ outlook: inout some ProbeOutlook
  ) -> [ProbeChange] {
    let outcome = self[kind].outcome
    if outcome == .error && self[kind].tries < ProbeWorker.triesMax {
      attempt(kind, at, &outlook)
      return []
    }
    self[kind].isProbing = false
    self[kind].keepTicks(rule, until: at)
    self[kind].due =
      self[kind].triggered || self[kind].tickKept ? at : self[kind].nextTick
    if outcome == .error { return [] }
    let result: ProbeResult = outcome == .success ? .success : .failure
    if self[kind].last == result {
      self[kind].run = UInt16(clamping: Int(self[kind].run) + 1)
    } else {
      self[kind].last = result
      self[kind].run = 1
    }
    let threshold = result == .success ? rule.successThreshold : rule.failureThreshold
    if self[kind].run < threshold { return [] }
    var changes: [ProbeChange] = []
    set(kind, result, outcome, &changes)
    if kind == .startup || (kind == .liveness && result == .failure) {
      self[kind].isOnHold = true
      self[kind].run = 0
    }
    return changes
  }

  private mutating func set(
    _ kind: ProbeKind, _ result: ProbeResult, _ outcome: ProbeOutcome?,
    _ changes: inout [ProbeChange]
  ) {
    guard self[kind].result != result else { return }
    self[kind].result = result
    changes.append(
      ProbeChange(kind: kind, result: result, outcome: outcome, instance: self[kind].seen))
  }

  /// Until when the worker's ticks from its next one on change nothing, and how they come out;
  /// nil: the next one may.
  func steady(
    _ kind: ProbeKind, _ rule: ProbeRule, _ rules: ProbeRules, _ outlook: inout some ProbeOutlook
  ) -> (until: Instant, outcome: ProbeResult?, duration: Span)? {
    let worker = self[kind]
    if worker.isProbing || worker.triggered { return nil }
    if instance == 0 { return (.never, nil, .zero) }
    if worker.seen != instance { return nil }
    if worker.isOnHold { return (.never, nil, .zero) }
    if !isRunning { return worker.result == .failure ? (.never, nil, .zero) : nil }
    if isDeleting && kind != .readiness { return nil }
    if isStarted(rules) == (kind == .startup) { return (.never, nil, .zero) }
    if isDelayed(rule, worker.nextTick) {
      return (startedAt + .seconds(rule.initialDelaySeconds), nil, .zero)
    }
    guard let (outcome, duration) = outlook.probe(kind, at: worker.nextTick) else { return nil }
    let until = outlook.changes(kind, after: worker.nextTick)
    // A tick that came while the last probe waited: the next one begins at once.
    if worker.tickKept && until != .never { return nil }
    switch outcome {
    case .error: return nil
    case .success where worker.result == .success: return (until, .success, duration)
    case .failure where worker.result == .failure: return (until, .failure, duration)
    case .timeout where worker.result == .failure: return (until, .failure, duration)
    case .success, .failure, .timeout: return nil
    }
  }
}

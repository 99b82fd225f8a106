import ClusterAPI
import PromQL
import Units

/// What the analyses of a guard say of the present revision.
enum GuardJudgement {
  typealias GuardPass = Pass<RollbackGuardController.Input, RollbackGuardController.Memory>

  /// What comes of one look.
  struct Outcome {
    /// Why the revision is rolled back.
    var reason: Reason?
    /// Said to whoever reads the run: an analysis that a human has to decide.
    var report: Reason?
    /// The notes have changed.
    var isChanged = false
    /// Nothing stands against the revision any more, or never will.
    var allowsPromotion = true
    /// When something is measured next.
    var next: Timestamp?
  }

  static func outcome(
    of set: ReplicaSet, good: String, _ notes: inout GuardNotes, _ pass: inout GuardPass
  ) throws(Suspended) -> Outcome {
    var outcome = Outcome()
    if let analysis = pass.input.rule.analysis {
      try analyse(set, analysis, good: good, &notes, &outcome, &pass)
    }
    if outcome.reason == nil, let canary = pass.input.rule.canary {
      try check(set, canary, &notes, &outcome, &pass)
    }
    return outcome
  }

  private static func analyse(
    _ set: ReplicaSet, _ analysis: GuardAnalysis, good: String, _ notes: inout GuardNotes,
    _ outcome: inout Outcome, _ pass: inout GuardPass
  ) throws(Suspended) {
    let stable = pass.input.replicaSets.first { $0.meta.name == good }
    let subject = GuardAnalysis.Subject(
      meta: pass.input.deployment.meta, latest: set.podTemplateHash,
      stable: stable?.podTemplateHash ?? "")
    let metrics: [AnalysisMetric]
    do throws(AnalysisError) {
      metrics = try analysis.metrics(subject)
    } catch {
      outcome.reason = .analysisInvalid(message: error.message)
      return
    }
    var run = AnalysisRun(metrics: metrics.count)
    if let known = notes.analysis, known.replicaSet == set.meta.name,
      known.state.results.count == metrics.count
    {
      run = known.state
    }
    let before = run
    let taken = try run.reconcile(metrics, &pass)
    if run != before {
      notes.analysis = .init(set.meta.name, run)
      outcome.isChanged = true
    }
    outcome.next = run.next(metrics)
    switch run.phase {
    case .successful: break
    case .failed, .error: outcome.reason = reason(run, metrics, taken)
    case .inconclusive:
      outcome.allowsPromotion = false
      if before.phase != run.phase { outcome.report = reason(run, metrics, taken) }
    case .running, .pending:
      // An endless analysis ends with the rollout.
      outcome.allowsPromotion = zip(metrics, run.results).allSatisfy { metric, result in
        metric.count == nil && result != nil || result?.phase.isCompleted ?? false
      }
    }
  }

  private static func reason(
    _ run: AnalysisRun, _ metrics: [AnalysisMetric], _ taken: [AnalysisRun.Measurement]
  ) -> Reason? {
    guard let worst = run.worst, let result = run.results[worst] else { return nil }
    let metric = metrics[worst]
    let (count, limit) =
      switch run.phase {
      case .error: (result.consecutiveErrors, metric.consecutiveErrorLimit)
      case .inconclusive: (result.inconclusive, metric.inconclusiveLimit)
      case .failed, .successful, .running, .pending: (result.failed, metric.failureLimit)
      }
    let values: [Double] =
      switch taken.last(where: { $0.metric == worst })?.result {
      case .scalar(let number)?: [number]
      case .vector(let numbers)?: numbers
      case nil: []
      }
    return .metricAssessed(
      metric: metric.name, phase: run.phase, count: count, limit: limit,
      last: values.map { readableText($0) })
  }

  /// A tick of Flagger, where one is due. What reaches the threshold is rolled back a tick later.
  private static func check(
    _ set: ReplicaSet, _ canary: CanaryAnalysis, _ notes: inout GuardNotes,
    _ outcome: inout Outcome, _ pass: inout GuardPass
  ) throws(Suspended) {
    let now = Timestamp(pass.now)
    guard let known = notes.checks, known.replicaSet == set.meta.name else {
      notes.checks = .init(set.meta.name, CheckCount(ticked: now))
      outcome.isChanged = true
      outcome.allowsPromotion = false
      return outcome.wait(until: now.adding(canary.interval))
    }
    var state = known.state
    let due = state.ticked.adding(canary.interval)
    outcome.allowsPromotion = outcome.allowsPromotion && state.failed < canary.threshold
    guard due <= now else { return outcome.wait(until: due) }
    if state.failed >= canary.threshold {
      let check = canary.checks.first { $0.name == state.check }
      outcome.reason = .checksFailed(
        canary: canary.canary, failed: state.failed, threshold: canary.threshold,
        check: state.check, last: state.value.map { readableText($0) }, min: check?.min,
        max: check?.max)
      return
    }
    if let failure = try canary.firstFailure(&pass) {
      state.failed += 1
      (state.check, state.value) = (failure.check.name, failure.value)
    }
    state.ticked = now
    notes.checks = .init(set.meta.name, state)
    outcome.isChanged = true
    outcome.wait(until: now.adding(canary.interval))
  }
}

extension GuardJudgement.Outcome {
  fileprivate mutating func wait(until time: Timestamp) {
    next = next.map { min($0, time) } ?? time
  }
}

extension ReplicaSet {
  fileprivate var podTemplateHash: String { meta.labels["pod-template-hash"] ?? "" }
}

public import ClusterAPI
public import Units
import World

/// The judgement of one run.
public struct RunVerdict: Sendable {
  /// How each changed Deployment ended, in the order of the trace's subjects.
  public var settlements: [Settlement]
  /// Of all of them: the worst outcome, the latest end.
  public var settlement: Settlement?
  /// The checks and invariants that the scenario names, in its order.
  public var findings: [Finding]
  /// Against the twin that ran without the change; nil where nothing was changed.
  public var defects: [RestorationDefect]?
  public var decisions: [DecisionQuality]
  public var harm: Harm
  public var twinHarm: Harm?
  /// From the change to the first decision to roll back.
  public var detection: Span?
  /// From that decision to the terminal state.
  public var restoration: Span?
  public var score: Score

  /// Every check is met; one that has no data fails.
  public var passed: Bool { findings.allSatisfy { $0.result == .met } }

  /// - Parameters:
  ///   - others: how the run went with the other option, for the first of the trace's decisions.
  public init(
    _ trace: RunTrace, expect: Expectation, twin: RunTrace?,
    others: [DecisionQuality.OtherBranch?] = []
  ) {
    settlements = trace.subjects.map { Settlement(of: $0, trace) }
    settlement = Settlement(combining: settlements)
    defects = twin.map { RestorationDefect.between(run: trace.objects, twin: $0.objects) }
    let harm = Harm(trace)
    let twinHarm = twin.map { Harm($0) }
    self.harm = harm
    self.twinHarm = twinHarm
    decisions = trace.decisions.enumerated().map { index, taken in
      DecisionQuality(
        taken: taken, harm: harm, other: index < others.count ? others[index] : nil)
    }
    let settlement = settlement
    let decisions = decisions
    let defects = defects
    findings = []
    if let outcome = expect.outcome { findings.append(Checks.outcome(outcome, settlements, trace)) }
    if let bound = expect.within { findings.append(Checks.within(bound, settlement, trace)) }
    if let wanted = expect.restored { findings.append(Checks.restored(wanted, defects)) }
    if let bound = expect.regret { findings.append(Checks.regret(bound, decisions)) }
    findings += expect.objectives.map { Checks.objective($0, trace) }
    findings += expect.replicas.map { Checks.replicas($0, trace) }
    for name in expect.invariants {
      if let invariant = InvariantCatalog.invariant(name) {
        findings.append(invariant.check(trace))
      }
    }
    findings += expect.queries.enumerated().map { Checks.query($0, $1, trace) }
    findings += expect.alerts.map { Checks.alert($0, trace) }
    findings += expect.atEnd.map { Checks.atEnd($0, trace) }
    findings += Checks.felt(expect.felt, settlement, trace)
    let rollback = decisions.first { $0.taken.taken == .rollBack }?.taken.at
    detection = rollback.map { $0 - trace.changeAt }
    if let rollback, settlement?.outcome == .rolledBack, let at = settlement?.at {
      restoration = at - rollback
    }
    score = Score(
      settlement: settlement, decisions: decisions, defects: defects, findings: findings,
      harm: harm, twinHarm: twinHarm,
      isLeftWorse: RunVerdict.isLeftWorse(trace, twin, settlement))
  }

  /// How one of the changed Deployments ended; nil for another.
  public static func settlement(of key: ObjectKey, in trace: RunTrace) -> Settlement? {
    trace.subjects.first { $0.key == key }.map { Settlement(of: $0, trace) }
  }

  /// Whether a change on which nobody decided hurts on after its end more than its twin hurts in the
  /// same time.
  private static func isLeftWorse(
    _ trace: RunTrace, _ twin: RunTrace?, _ settlement: Settlement?
  ) -> Bool {
    guard trace.decisions.isEmpty, let twin, let settlement, settlement.outcome == .promoted,
      let at = settlement.at
    else { return false }
    return Harm(trace, from: at).exceeds(Harm(twin, from: at))
  }
}

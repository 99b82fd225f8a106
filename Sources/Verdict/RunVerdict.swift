import ClusterAPI
public import Units
import World

/// The judgement of one run.
public struct RunVerdict: Sendable {
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

  public init(
    _ trace: RunTrace, expect: Expectation, twin: RunTrace?, decisions: [DecisionQuality],
    harm: Harm, twinHarm: Harm?
  ) {
    settlement = Settlement(trace)
    defects = twin.map { RestorationDefect.between(run: trace.objects, twin: $0.objects) }
    self.decisions = decisions
    self.harm = harm
    self.twinHarm = twinHarm
    findings = []
    if let outcome = expect.outcome { findings.append(Checks.outcome(outcome, settlement)) }
    if let bound = expect.within { findings.append(Checks.within(bound, settlement, trace)) }
    if let wanted = expect.restored { findings.append(Checks.restored(wanted, defects)) }
    if let bound = expect.regret { findings.append(Checks.regret(bound, decisions)) }
    findings += expect.objectives.map { Checks.objective($0, trace) }
    for name in expect.invariants {
      if let invariant = InvariantCatalog.invariant(name) {
        findings.append(invariant.check(trace))
      }
    }
    let rollback = decisions.first { $0.taken.taken == .rollBack }?.taken.at
    detection = rollback.map { $0 - trace.changeAt }
    if let rollback, settlement?.outcome == .rolledBack, let at = settlement?.at {
      restoration = at - rollback
    }
    score = Score(
      settlement: settlement, decisions: decisions, defects: defects, findings: findings,
      harm: harm, twinHarm: twinHarm)
  }
}

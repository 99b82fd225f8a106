import ClusterAPI
import Units
import World

/// The checks of `expect` besides its invariants.
enum Checks {
  static func outcome(
    _ expected: Outcome, _ settlements: [Settlement], _ trace: RunTrace
  ) -> Finding {
    guard !settlements.isEmpty else {
      return Finding("outcome", .inconclusive, "the run changes no Deployment")
    }
    var details: [String] = []
    for (subject, settlement) in zip(trace.subjects, settlements) {
      var detail = settlements.count > 1 ? "\(subject.key.description) " : ""
      detail += settlement.outcome.rawValue
      if settlement.outcome == .stuck {
        detail += ": " + settlement.pending.map(\.words).joined(separator: "; ")
      }
      details.append(detail)
    }
    let detail = details.joined(separator: "; ")
    guard let other = settlements.first(where: { $0.outcome != expected }) else {
      return Finding("outcome", .met, detail)
    }
    return Finding("outcome", .broken, at: other.at, "\(detail), expected \(expected.rawValue)")
  }

  static func within(_ bound: Span, _ settlement: Settlement?, _ trace: RunTrace) -> Finding {
    guard let settlement else {
      return Finding("within", .inconclusive, "the run changes no Deployment")
    }
    guard let at = settlement.at else {
      return Finding(
        "within", .broken, "no terminal state within \(Figures.span(trace.end - trace.changeAt))")
    }
    let took = at - trace.changeAt
    return Finding(
      "within", took <= bound ? .met : .broken, at: took <= bound ? nil : at,
      "\(Figures.span(took)) of at most \(Figures.span(bound))")
  }

  static func restored(_ expected: Bool, _ defects: [RestorationDefect]?) -> Finding {
    guard let defects else {
      return Finding("restored", .inconclusive, "there is no twin to compare with")
    }
    let names = defects.map { $0.words }.joined(separator: "; ")
    let detail = defects.isEmpty ? "as in the twin without the change" : names
    return Finding("restored", defects.isEmpty == expected ? .met : .broken, detail)
  }

  static func regret(_ bound: Expectation.RegretBound, _ decisions: [DecisionQuality]) -> Finding {
    guard !decisions.isEmpty else {
      return Finding("regret", .inconclusive, "nothing was decided")
    }
    let worst = decisions.compactMap(\.regret).max() ?? 0
    let regretted = decisions.contains { $0.isRegretted }
    let unmeasured = decisions.count { $0.rating == .notMeasured }
    if !regretted, unmeasured > 0 {
      return Finding(
        "regret", .inconclusive,
        "the other branch of \(unmeasured) of \(decisions.count) decisions was not run")
    }
    let detail =
      worst > 0
      ? "the other branch would have failed \(Figures.count(worst, "request")) fewer"
      : "no other branch would have failed fewer requests"
    return Finding("regret", regretted == (bound == .some) ? .met : .broken, detail)
  }
}

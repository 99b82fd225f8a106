public import PromQL
public import Units
public import World

/// What rules and expected queries find while a run goes on: every time of theirs is looked at once, so
/// that samples which are too old for the next one can be forgotten.
public struct MetricWatch: Sendable {
  /// nil: there are no rules.
  public private(set) var alerts: AlertHistory?
  /// By expected query.
  public private(set) var answers: [QueryAnswer] = []

  /// - Parameters:
  ///   - store: as it is before anything was looked at.
  ///   - seed: of the run.
  ///   - changeAt, end: the times for which queries are expected to have answers.
  public init(
    _ store: TelemetryStore, seed: UInt64, rules: [RuleGroup], queries: [QueryExpectation],
    changeAt: Instant, end: Instant
  ) {
    if !rules.isEmpty { alerts = AlertHistory(rules, over: store, seed: seed) }
    answers = queries.map { expected in
      let first = expected.moment == .atEnd ? end : changeAt
      return QueryAnswer(
        expected.query, from: store.begin + first.ns / 1_000_000, begin: store.begin)
    }
  }

  /// - Parameters:
  ///   - store: what has been scraped.
  ///   - last: the last time that is looked at, in milliseconds since the epoch.
  public mutating func look(at store: TelemetryStore, through last: Int64) {
    alerts?.evaluate(over: store, through: last)
    let step = store.scrapeInterval.ns / 1_000_000
    for index in answers.indices {
      // What rules have recorded can be asked too.
      if let series = alerts?.series(over: store) {
        answers[index].ask(series, step: step, through: last)
      } else {
        answers[index].ask(store, step: step, through: last)
      }
    }
    if let reach = store.wanted.reach { alerts?.forget(before: last + 1 - reach) }
  }
}

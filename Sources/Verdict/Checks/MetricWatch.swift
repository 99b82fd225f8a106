public import PromQL
public import Units
public import World

/// What rules, expected queries and those about requests find while a run goes on: every time of theirs
/// is looked at once, so that samples which are too old for the next one can be forgotten.
public struct MetricWatch: Sendable {
  /// nil: there are no rules.
  public private(set) var alerts: AlertHistory?
  /// By expected query.
  public private(set) var answers: [QueryAnswer] = []
  public private(set) var objectives: [Expectation.Objective: ObjectiveAnswer] = [:]
  /// nil: there is no load.
  public private(set) var seen: RequestAnswers?
  private let expect: Expectation
  private let changeAt: Instant

  /// - Parameters:
  ///   - store: as it is before anything was looked at.
  ///   - seed: of the run.
  ///   - hasLoad: whether there are clients to ask.
  ///   - start: from when on their requests are looked at.
  ///   - changeAt, end: the times for which what is expected is asked.
  public init(
    _ store: TelemetryStore, seed: UInt64, rules: [RuleGroup], expect: Expectation, hasLoad: Bool,
    start: Instant, changeAt: Instant, end: Instant
  ) {
    (self.expect, self.changeAt) = (expect, changeAt)
    if !rules.isEmpty { alerts = AlertHistory(rules, over: store, seed: seed) }
    if hasLoad { seen = RequestAnswers(from: start, begin: store.begin) }
    answers = expect.queries.map { expected in
      let first = expected.moment == .atEnd ? end : changeAt
      return QueryAnswer(
        expected.query, from: store.begin + first.ns / 1_000_000,
        step: store.scrapeInterval.ns / 1_000_000, begin: store.begin)
    }
  }

  /// - Parameters:
  ///   - store: what has been scraped.
  ///   - last: the last time that is looked at, in milliseconds since the epoch.
  public mutating func look(at store: TelemetryStore, through last: Int64) {
    alerts?.evaluate(over: store, through: last)
    seen?.ask(store, through: last)
    for index in answers.indices {
      // What rules have recorded can be asked too.
      if let series = alerts?.series(over: store) {
        answers[index].ask(series, through: last)
      } else {
        answers[index].ask(store, through: last)
      }
    }
    if let reach = store.wanted.reach { alerts?.forget(before: last + 1 - reach) }
  }

  /// Asks what can be told when the run is over.
  ///
  /// - Parameter store: with what was shown at the change and at the end.
  public mutating func finish(_ store: TelemetryStore) {
    for one in expect.objectives + expect.felt.objectives {
      objectives[one] = ObjectiveAnswer(one, store, changeAt: changeAt)
    }
  }
}

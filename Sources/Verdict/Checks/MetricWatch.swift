public import ClusterAPI
public import PromQL
public import Units
public import World

/// What is asked of the metrics of a run while it goes on: every time is looked at once, so that samples
/// which are too old for the next one can be forgotten.
public struct MetricWatch: Sendable {
  /// What is to be asked.
  public struct Questions: Sendable {
    /// Of the seed of the run depends when rules are evaluated.
    public var seed: UInt64 = 0
    public var rules: [RuleGroup] = []
    public var expect = Expectation()
    /// What is slower counts as slow; nil: nothing does.
    public var slowerThan: Span?
    public var hasLoad = false
    /// Whether requests are to be drawn, and not only counted.
    public var hasLatency = false
    /// Whose ready pods are to be drawn.
    public var workloads: [ObjectKey] = []
    /// From when on each second is asked about.
    public var start = Instant.zero
    /// The times for which what is expected is asked.
    public var changeAt = Instant.zero
    public var end = Instant.zero

    public init() {}
  }

  /// nil: there are no rules.
  public private(set) var alerts: AlertHistory?
  /// By expected query.
  public private(set) var answers: [QueryAnswer] = []
  public private(set) var objectives: [Expectation.Objective: ObjectiveAnswer] = [:]
  /// nil: there is no load.
  public private(set) var seen: RequestAnswers?
  /// nil: nobody is asked about.
  public private(set) var ready: ReadyAnswers?
  private let questions: Questions

  /// - Parameters:
  ///   - store: that of the cluster's Prometheus; what rules and expected queries ask.
  ///   - closeUp: what is asked of requests and ready pods.
  public init(_ questions: Questions, _ store: TelemetryStore?, closeUp: TelemetryStore?) {
    self.questions = questions
    if let store {
      if !questions.rules.isEmpty {
        alerts = AlertHistory(questions.rules, over: store, seed: questions.seed)
      }
      answers = questions.expect.queries.map { expected in
        let first = expected.moment == .atEnd ? questions.end : questions.changeAt
        return QueryAnswer(
          expected.query, from: store.begin + first.ns / 1_000_000,
          step: store.scrapeInterval.ns / 1_000_000, begin: store.begin)
      }
    }
    guard let closeUp else { return }
    if questions.hasLoad {
      seen = RequestAnswers(
        from: questions.start, begin: closeUp.begin, slowerThan: questions.slowerThan,
        hasLatency: questions.hasLatency)
    }
    if !questions.workloads.isEmpty {
      ready = ReadyAnswers(questions.workloads, from: questions.start, begin: closeUp.begin)
    }
  }

  /// - Parameters:
  ///   - store, closeUp: what has been scraped.
  ///   - last: the last time that is looked at, in milliseconds since the epoch.
  public mutating func look(
    at store: TelemetryStore?, closeUp: TelemetryStore?, through last: Int64
  ) {
    if let store {
      alerts?.evaluate(over: store, through: last)
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
    guard let closeUp else { return }
    seen?.ask(closeUp, through: last)
    ready?.ask(closeUp, through: last)
  }

  /// Asks what can be told when the run is over.
  ///
  /// - Parameter closeUp: with what was shown at the change and at the end.
  public mutating func finish(_ closeUp: TelemetryStore) {
    let expect = questions.expect
    for one in expect.objectives + expect.felt.objectives {
      objectives[one] = ObjectiveAnswer(one, closeUp, changeAt: questions.changeAt)
    }
  }
}

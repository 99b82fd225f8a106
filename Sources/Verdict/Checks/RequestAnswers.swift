public import PromQL
public import Units
import World

/// What the clients of each Service see, second by second, by PromQL.
public struct RequestAnswers: Sendable {
  public private(set) var requests: QueryAnswer
  public private(set) var failures: QueryAnswer
  /// Answered, but later than wanted; nil: nothing counts as slow.
  public private(set) var slow: QueryAnswer?
  /// By `error_type`: those that no pod answered.
  public private(set) var lost: QueryAnswer
  /// Seconds; nil: it is not asked for.
  public private(set) var latency: QueryAnswer?

  /// - Parameters:
  ///   - start: the first second begins there.
  ///   - begin: the first instant of the run, in milliseconds since the epoch.
  ///   - bound: what is slower counts as slow; nil: nothing does.
  ///   - hasLatency: whether quantiles of the latency are asked for.
  public init(from start: Instant, begin: Int64, slowerThan bound: Span?, hasLatency: Bool) {
    func answer(_ query: String) -> QueryAnswer {
      QueryAnswer(query, eachSecondFrom: start, begin: begin)
    }
    requests = answer(RequestQueries.rate)
    failures = answer(RequestQueries.failures)
    slow = bound.map { answer(RequestQueries.slow($0)) }
    lost = answer(RequestQueries.lost)
    latency = hasLatency ? answer(RequestQueries.slowest) : nil
  }

  public mutating func ask(_ store: some SeriesSource, through last: Int64) {
    requests.ask(store, through: last)
    failures.ask(store, through: last)
    slow?.ask(store, through: last)
    lost.ask(store, through: last)
    latency?.ask(store, through: last)
  }
}

extension QueryAnswer {
  /// What is asked at the end of each second from an instant on.
  ///
  /// - Parameter begin: the first instant of the run, in milliseconds since the epoch.
  init(_ query: String, eachSecondFrom start: Instant, begin: Int64) {
    let second = LoadMetrics.interval
    self.init(
      query, from: begin + (start + second).ns / 1_000_000, step: second.ns / 1_000_000,
      begin: begin)
  }

  /// The sum of what is answered of each step, from the one on in which an instant lies.
  func total(from instant: Instant) -> Int64 {
    points.reduce(0) { $1.at > instant ? $0 + Int64($1.value.rounded()) : $0 }
  }
}

import PromQL
import Units
import World

/// What the clients of each Service see, second by second, by PromQL.
public struct RequestAnswers: Sendable {
  public private(set) var requests: QueryAnswer
  public private(set) var failures: QueryAnswer
  /// Seconds.
  public private(set) var latency: QueryAnswer

  /// - Parameters:
  ///   - start: the first second begins there.
  ///   - begin: the first instant of the run, in milliseconds since the epoch.
  init(from start: Instant, begin: Int64) {
    func answer(_ query: String) -> QueryAnswer {
      let second = LoadMetrics.interval
      return QueryAnswer(
        query, from: begin + (start + second).ns / 1_000_000, step: second.ns / 1_000_000,
        begin: begin)
    }
    requests = answer(RequestQueries.rate)
    failures = answer(RequestQueries.failures)
    latency = answer(RequestQueries.slowest)
  }

  mutating func ask(_ store: some SeriesSource, through last: Int64) {
    requests.ask(store, through: last)
    failures.ask(store, through: last)
    latency.ask(store, through: last)
  }
}

import ClusterAPI
import PromQL
public import Units
import World

/// What the clients of a Service saw from the change to the end, by PromQL.
public struct ObjectiveAnswer: Hashable, Sendable {
  public var requests: Int64
  public var failed: Int64
  /// The ratio of errors, or the quantile of the latency in seconds; nil: nothing tells.
  public var value: Double?

  public init(requests: Int64, failed: Int64 = 0, value: Double? = nil) {
    (self.requests, self.failed, self.value) = (requests, failed, value)
  }

  /// Asks at the end of a store.
  ///
  /// - Parameters:
  ///   - store: with what was shown at `changeAt`.
  ///   - changeAt: only requests that ended since are meant.
  init(_ objective: Expectation.Objective, _ store: TelemetryStore, changeAt: Instant) {
    let since = store.begin + changeAt.ns / 1_000_000
    func ask(_ query: String) -> Double? {
      guard let result = try? PromQL.Query(query).instant(at: store.end, in: store),
        case .vector(let values) = result.value, let value = values.first?.value, !value.isNaN
      else { return nil }
      return value
    }
    func count(_ query: String) -> Int64 { Int64((ask(query) ?? 0).rounded()) }
    let service = objective.service
    requests = count(RequestQueries.requests(service, since: since))
    switch objective.limit {
    case .errorRatio:
      failed = count(RequestQueries.failed(service, since: since))
      value = ask(RequestQueries.errorRatio(service, since: since))
    case .latency(let quantile, _):
      failed = 0
      value = ask(RequestQueries.latency(quantile, service, since: since))
    }
  }

  /// Of a quantile of the latency.
  public var latency: Span? {
    value.map { $0.isFinite ? Span(ns: Int64(($0 * 1e9).rounded())) : Span(ns: .max) }
  }
}

extension Checks {
  static func objective(_ objective: Expectation.Objective, _ trace: RunTrace) -> Finding {
    let service = objective.service.description
    guard let answer = trace.objectives[objective], let value = answer.value else {
      return Finding("objectives", .inconclusive, "\(service): no request ended")
    }
    switch objective.limit {
    case .errorRatio(let bound):
      let ratio = Ratio(answer.failed, of: answer.requests)
      return Finding(
        "objectives", value <= bound.value ? .met : .broken,
        "\(service): \(Figures.count(answer.failed)) of "
          + "\(Figures.count(answer.requests, "request")) failed "
          + "(\(Figures.percent(ratio)), at most \(Figures.percent(bound)))")
    case .latency(let quantile, let bound):
      let latency = answer.latency ?? bound
      return Finding(
        "objectives", latency <= bound ? .met : .broken,
        "\(service): \(Figures.percent(quantile)) of the requests within "
          + "\(Figures.span(latency)), at most \(Figures.span(bound))")
    }
  }
}

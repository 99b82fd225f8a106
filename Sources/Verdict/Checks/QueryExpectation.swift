import PromQL
import Units
import World

/// What the answers to a PromQL query must be, from the change to the end.
public struct QueryExpectation: Hashable, Sendable {
  public enum Moment: String, Hashable, Sendable, CaseIterable {
    /// At every scrape interval, each series of the answer.
    case always
    /// At one of them at least, some series of the answer.
    case eventually
    /// At the end, each series of the answer.
    case atEnd
  }

  /// A bound on a value, such as `< 0.01`.
  public struct Bound: Hashable, Sendable {
    public enum Comparison: String, Hashable, Sendable, CaseIterable {
      // The longer ones first: what is read is the first that fits.
      case atMost = "<="
      case atLeast = ">="
      case equal = "=="
      case notEqual = "!="
      case below = "<"
      case above = ">"
    }

    public var comparison: Comparison
    public var value: Double

    public init(_ comparison: Comparison, _ value: Double) {
      (self.comparison, self.value) = (comparison, value)
    }

    /// nil: not a comparison and a number.
    public init?(text: String) {
      let words = text.drop { $0 == " " }
      guard let comparison = Comparison.allCases.first(where: { words.hasPrefix($0.rawValue) }),
        let value = Double(words.dropFirst(comparison.rawValue.count).filter { $0 != " " })
      else { return nil }
      self.init(comparison, value)
    }

    public func holds(_ number: Double) -> Bool {
      switch comparison {
      case .atMost: number <= value
      case .atLeast: number >= value
      case .equal: number == value
      case .notEqual: number != value
      case .below: number < value
      case .above: number > value
      }
    }

    public var words: String { "\(comparison.rawValue) \(QueryExpectation.text(value))" }
  }

  public var query: String
  public var moment: Moment
  public var bound: Bound

  public init(query: String, _ moment: Moment, _ bound: Bound) {
    (self.query, self.moment, self.bound) = (query, moment, bound)
  }

  static func text(_ value: Double) -> String {
    value == value.rounded() && abs(value) < 1e15 ? String(Int64(value)) : String(value)
  }
}

extension Checks {
  /// Without data it is inconclusive: nothing was measured.
  static func query(_ expected: QueryExpectation, _ trace: RunTrace) -> Finding {
    let name = "promql"
    guard let store = trace.telemetry else {
      return Finding(name, .inconclusive, "no metrics were kept")
    }
    func time(_ at: Instant) -> Int64 { store.begin + at.ns / 1_000_000 }
    let step = store.scrapeInterval.ns / 1_000_000
    let first = expected.moment == .atEnd ? time(trace.end) : time(trace.changeAt)
    let series: [Series]
    do throws(QueryError) {
      let query = try PromQL.Query(expected.query)
      // What rules have recorded can be asked too.
      let result =
        if let rules = trace.alerts {
          try query.range(from: first, through: time(trace.end), step: step, in: rules.series)
        } else {
          try query.range(from: first, through: time(trace.end), step: step, in: store)
        }
      guard case .matrix(let matrix) = result.value else { return Finding(name, .inconclusive, "") }
      series = matrix
    } catch {
      return Finding(name, .inconclusive, "\(expected.query): \(error.message)")
    }
    var points: [(at: Int64, value: Double, labels: PromQL.Labels)] = []
    for one in series {
      for (at, value) in zip(one.samples.times, one.samples.values) {
        points.append((at, value, one.labels))
      }
    }
    guard !points.isEmpty else {
      return Finding(name, .inconclusive, "\(expected.query): no data from the change to the end")
    }
    let isMet =
      expected.moment == .eventually
      ? points.contains { expected.bound.holds($0.value) }
      : points.allSatisfy { expected.bound.holds($0.value) }
    // What tells most: the first that breaks it, or the one that comes nearest to it.
    let shown: (at: Int64, value: Double, labels: PromQL.Labels)
    if expected.moment == .eventually {
      shown =
        points.first { expected.bound.holds($0.value) }
        ?? points.min { distance($0.value, expected.bound) < distance($1.value, expected.bound) }
        ?? points[0]
    } else {
      shown =
        points.filter { !expected.bound.holds($0.value) }.min { $0.at < $1.at }
        ?? points.min { distance($0.value, expected.bound) < distance($1.value, expected.bound) }
        ?? points[0]
    }
    let at = Instant(ns: (shown.at - store.begin) * 1_000_000)
    let labels = shown.labels.pairs.isEmpty ? "" : " of \(shown.labels)"
    return Finding(
      name, isMet ? .met : .broken, at: isMet ? nil : at,
      "\(expected.query): \(QueryExpectation.text(shown.value))\(labels), "
        + "expected \(expected.moment.rawValue) \(expected.bound.words)")
  }

  private static func distance(_ value: Double, _ bound: QueryExpectation.Bound) -> Double {
    value.isNaN ? .infinity : abs(value - bound.value)
  }
}

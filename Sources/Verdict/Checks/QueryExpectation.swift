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
  static func query(_ index: Int, _ expected: QueryExpectation, _ trace: RunTrace) -> Finding {
    let name = "promql"
    guard index < trace.answers.count else {
      return Finding(name, .inconclusive, "no metrics were kept")
    }
    let answer = trace.answers[index]
    if let failure = answer.failure {
      return Finding(name, .inconclusive, "\(expected.query): \(failure)")
    }
    let points = answer.points
    guard !points.isEmpty else {
      return Finding(name, .inconclusive, "\(expected.query): no data from the change to the end")
    }
    let isMet =
      expected.moment == .eventually
      ? points.contains { expected.bound.holds($0.value) }
      : points.allSatisfy { expected.bound.holds($0.value) }
    // What tells most: the first that breaks it, or the one that comes nearest to it.
    let nearest =
      points.min { distance($0.value, expected.bound) < distance($1.value, expected.bound) }
      ?? points[0]
    let shown =
      expected.moment == .eventually
      ? points.first { expected.bound.holds($0.value) } ?? nearest
      : points.filter { !expected.bound.holds($0.value) }.min { $0.at < $1.at } ?? nearest
    let labels = shown.labels.pairs.isEmpty ? "" : " of \(shown.labels)"
    return Finding(
      name, isMet ? .met : .broken, at: isMet ? nil : shown.at,
      "\(expected.query): \(QueryExpectation.text(shown.value))\(labels), "
        + "expected \(expected.moment.rawValue) \(expected.bound.words)")
  }

  private static func distance(_ value: Double, _ bound: QueryExpectation.Bound) -> Double {
    value.isNaN ? .infinity : abs(value - bound.value)
  }
}

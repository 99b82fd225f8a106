public import ClusterAPI
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

  public var query: String
  public var moment: Moment
  public var bound: NumberBound

  public init(query: String, _ moment: Moment, _ bound: NumberBound) {
    (self.query, self.moment, self.bound) = (query, moment, bound)
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
    let labels = shown.labels.isEmpty ? "" : " of \(shown.labels)"
    return Finding(
      name, isMet ? .met : .broken, at: isMet ? nil : shown.at,
      "\(expected.query): \(NumberBound.text(shown.value))\(labels), "
        + "expected \(expected.moment.rawValue) \(expected.bound.words)")
  }

  private static func distance(_ value: Double, _ bound: NumberBound) -> Double {
    value.isNaN ? .infinity : abs(value - bound.value)
  }
}

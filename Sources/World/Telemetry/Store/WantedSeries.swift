import Control
public import PromQL

/// The series that somebody is going to ask for: of millions that a large cluster may show, only these are
/// kept.
public struct WantedSeries: Sendable {
  /// By the name of the metric; nil: everything is wanted.
  private var selectors: [String: [[LabelMatcher]]]?
  /// Labels by which selectors choose: the store finds series by them.
  let indexed: Set<String>
  /// How far back any of the queries looks, in milliseconds; nil: as far as the run goes.
  public let reach: Int64?

  /// All that there is.
  public static let all = WantedSeries(selectors: nil, indexed: ["namespace", "pod"], reach: nil)

  private init(selectors: [String: [[LabelMatcher]]]?, indexed: Set<String>, reach: Int64?) {
    (self.selectors, self.indexed, self.reach) = (selectors, indexed, reach)
  }

  /// What queries select; all, where one of their selectors does not name its metric.
  public init(_ queries: [PromQL.Query]) {
    var selectors: [String: [[LabelMatcher]]]? = [:]
    var indexed: Set<String> = []
    var reach: Int64? = 0
    for query in queries {
      for one in query.wantedSelectors {
        let name = one.matchers.first {
          $0.name == PromQL.Labels.metricName && $0.operation == .equal
        }
        if let name {
          selectors?[name.value, default: []].append(
            one.matchers.filter { !$0.value.contains(GuardQueries.unknown) })
        } else {
          selectors = nil
        }
        for matcher in one.matchers where matcher.name != PromQL.Labels.metricName {
          if matcher.operation == .equal || matcher.operation == .matches {
            indexed.insert(matcher.name)
          }
        }
        if let known = reach, let own = one.reach { reach = max(known, own) } else { reach = nil }
      }
    }
    self.init(selectors: selectors, indexed: indexed, reach: reach)
  }

  /// The metrics that are asked for; nil: any.
  public var names: Set<String>? { selectors.map { Set($0.keys) } }

  func wants(_ labels: PromQL.Labels) -> Bool {
    guard let selectors else { return true }
    guard let several = selectors[labels.name] else { return false }
    return several.contains { $0.allSatisfy { $0.matches(labels) } }
  }

  /// Whether series of some of these families are wanted.
  func wants(_ families: [MetricFamily]) -> Bool {
    guard let selectors else { return true }
    return families.contains { family in
      family.seriesNames.contains { selectors[$0] != nil }
    }
  }
}

extension PromQL.Query {
  /// The selectors, and how far each looks back from the time of evaluation; nil: from a fixed time.
  fileprivate var wantedSelectors: [(matchers: [LabelMatcher], reach: Int64?)] {
    // An hour, and its end alone: what looks back from each time alike is not fixed to one of them.
    let (first, last): (Int64, Int64) = (1 << 44, 1 << 44 + 3_600_000)
    guard let hour = try? selectors(from: first, through: last, step: last - first),
      let end = try? selectors(from: last, through: last)
    else { return [([], nil)] }
    return zip(hour, end).map { one, other in
      let isFree =
        one.span.through == other.span.through
        && other.span.after - one.span.after == last - first
      return (one.matchers, isFree ? last - other.span.after : nil)
    }
  }
}

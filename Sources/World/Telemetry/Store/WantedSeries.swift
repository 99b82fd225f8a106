import Control
public import PromQL

/// The series that somebody is going to ask for: of millions that a large cluster may show, only these are
/// kept.
public struct WantedSeries: Sendable {
  /// What selectors ask for, by the name of the metric.
  struct Metric: Sendable {
    let name: String
    /// The conditions of each selector, but for that on the name.
    var selectors: [[LabelMatcher]] = []
    /// Labels by which selectors choose: the store finds series by them.
    var indexed: Set<String> = []

    /// Whether series with some labels, and others that are not known yet, may be wanted.
    func mayWant(_ labels: PromQL.Labels.Own) -> Bool {
      selectors.contains { conditions in
        !labels.contains { label in
          conditions.contains { $0.name == label.name && !$0.matches(label.value) }
        }
      }
    }

    func wants(_ labels: PromQL.Labels) -> Bool {
      selectors.contains { $0.isEmpty || labels.fulfil($0) }
    }
  }

  /// nil: everything is wanted.
  let metrics: [String: Metric]?
  /// How far back any of the queries looks, in milliseconds; nil: as far as the run goes.
  public let reach: Int64?

  /// All that there is.
  public static let all = WantedSeries(metrics: nil, reach: nil)

  private init(metrics: [String: Metric]?, reach: Int64?) {
    (self.metrics, self.reach) = (metrics, reach)
  }

  /// What queries select; all, where one of their selectors does not name its metric.
  public init(_ queries: [PromQL.Query]) {
    var metrics: [String: Metric]? = [:]
    var reach: Int64? = 0
    for query in queries {
      for one in query.wantedSelectors {
        let place = one.matchers.firstIndex {
          $0.name == PromQL.Labels.metricName && $0.operation == .equal
        }
        if let place {
          let name = one.matchers[place].value
          var others = one.matchers
          others.remove(at: place)
          others.removeAll { $0.value.contains(GuardQueries.unknown) }
          metrics?[name, default: Metric(name: name)].selectors.append(others)
          for matcher in others where matcher.name != PromQL.Labels.metricName {
            if matcher.operation == .equal || matcher.operation == .matches {
              metrics?[name]?.indexed.insert(matcher.name)
            }
          }
        } else {
          metrics = nil
        }
        if let known = reach, let own = one.reach { reach = max(known, own) } else { reach = nil }
      }
    }
    self.init(metrics: metrics, reach: reach)
  }

  /// The metrics that are asked for; nil: any.
  public var names: Set<String>? { metrics.map { Set($0.keys) } }

  /// Whether anything is wanted but what clients see of loads.
  var wantsCluster: Bool {
    let ofLoads = Set(LoadMetrics.families.flatMap(\.seriesNames))
    return names.map { !$0.isSubset(of: ofLoads) } ?? true
  }

  func wants(_ name: String) -> Bool { metrics.map { $0[name] != nil } ?? true }

  /// The labels by which queries choose among the series of a metric, where these are wanted; nil: they
  /// are not.
  func indexed(_ labels: PromQL.Labels, of name: String) -> Set<String>? {
    guard let metrics else { return ["namespace", "pod"] }
    guard let metric = metrics[name], metric.wants(labels) else { return nil }
    return metric.indexed
  }

  func wants(_ labels: PromQL.Labels) -> Bool { indexed(labels, of: labels.name) != nil }

  /// Whether series of some of these families are wanted.
  func wants(_ families: [MetricFamily]) -> Bool {
    families.contains { $0.seriesNames.contains(where: wants) }
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

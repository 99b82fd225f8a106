public import PromQL

/// All that a run can show.
public enum MetricCatalog {
  /// Sorted by name.
  public static let families: [MetricFamily] =
    (KubeState.families + ApplicationMetrics.families + ContainerMetrics.families + [
      MetricFamily(name: "up", kind: .gauge, help: "Whether the scrape of a target succeeded.")
    ]).sorted { $0.name < $1.name }

  /// Names of series, sorted: a histogram has three.
  public static let seriesNames: [String] = families.flatMap { family in
    family.kind == .histogram
      ? ["_bucket", "_count", "_sum"].map { family.name + $0 } : [family.name]
  }.sorted()

  /// The metrics that a query names and no run shows, in its order.
  public static func unknownNames(in query: Query) -> [String] {
    let known = Set(seriesNames)
    var unknown: [String] = []
    for case let name? in names(in: query) where !known.contains(name) && !unknown.contains(name) {
      unknown.append(name)
    }
    return unknown
  }

  /// The metrics that queries select; nil: not all of their selectors name one.
  static func names(in queries: [Query]) -> Set<String>? {
    let all = queries.flatMap { names(in: $0) }
    let named = all.compactMap { $0 }
    return named.count == all.count ? Set(named) : nil
  }

  /// Of each selector; nil where it does not name a metric.
  private static func names(in query: Query) -> [String?] {
    guard let selectors = try? query.selectors(from: 0, through: 0) else { return [nil] }
    return selectors.map { selector in
      selector.matchers.first {
        $0.name == PromQL.Labels.metricName && $0.operation == .equal
      }?.value
    }
  }

  /// The family of a series.
  public static func family(ofSeries name: String) -> MetricFamily? {
    families.first { $0.isShown(as: name) }
  }
}

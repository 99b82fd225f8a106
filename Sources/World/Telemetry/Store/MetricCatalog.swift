public import PromQL

/// All that a run can show.
public enum MetricCatalog {
  /// Sorted by name.
  public static let families: [MetricFamily] =
    (KubeState.families + KubeletMetrics.families + ApplicationMetrics.families
    + ContainerMetrics.families
    + LoadMetrics.families + IstioMetrics.families + IngressMetrics.families + GPUMetrics.families
    + VLLMMetrics.families
    + [up]).sorted { $0.name < $1.name }

  static let up = MetricFamily(
    name: "up", kind: .gauge, help: "Whether the scrape of a target succeeded.")

  /// Those of a run whose images show metrics under names of their own, sorted by name.
  public static func families(of profiles: [ImageProfile]) -> [MetricFamily] {
    var all = families
    for family in profiles.flatMap({ ApplicationMetrics.families($0.metrics) })
    where !all.contains(where: { $0.name == family.name }) {
      all.append(family)
    }
    return all.sorted { $0.name < $1.name }
  }

  /// Names of series, sorted: a histogram has three.
  public static let seriesNames = seriesNames(of: [])

  public static func seriesNames(of profiles: [ImageProfile]) -> [String] {
    families(of: profiles).flatMap(\.seriesNames).sorted()
  }

  /// The metrics that a query names and no run shows, in its order.
  public static func unknownNames(in query: Query, profiles: [ImageProfile] = []) -> [String] {
    guard let selectors = try? query.selectors(from: 0, through: 0) else { return [] }
    let known = Set(seriesNames(of: profiles))
    var unknown: [String] = []
    for selector in selectors {
      let name = selector.matchers.first {
        $0.name == PromQL.Labels.metricName && $0.operation == .equal
      }?.value
      if let name, !known.contains(name), !unknown.contains(name) { unknown.append(name) }
    }
    return unknown
  }

  /// The metrics that a query names and no run shows, in its order.
  public static func unknownNames(in query: Query) -> [String] {
    let known = Set(seriesNames)
    var unknown: [String] = []
    for case let name? in names(in: query) where !known.contains(name) && !unknown.contains(name) {
      unknown.append(name)
    }
    return unknown
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
    families.first { $0.seriesNames.contains(name) }
  }
}

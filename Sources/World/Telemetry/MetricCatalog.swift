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

  /// The family of a series.
  public static func family(ofSeries name: String) -> MetricFamily? {
    families.first { family in
      family.name == name
        || (family.kind == .histogram
          && ["_bucket", "_count", "_sum"].contains { family.name + $0 == name })
    }
  }
}

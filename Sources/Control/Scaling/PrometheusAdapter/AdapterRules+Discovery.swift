public import PromQL

// Which series a metric is of.
extension AdapterRules {
  /// How long a series is listed after its last sample, in milliseconds: `--metrics-max-age`, which is
  /// the relist interval of the Helm chart.
  public static let maximumAge: Int64 = 60_000

  /// The metric of objects of a resource, by the series that there are at a time; of several rules and
  /// series that serve it the last one counts (`basicSeriesRegistry.SetSeries`).
  ///
  /// - Parameters:
  ///   - names: of all series that there may be.
  ///   - time: milliseconds since the epoch.
  public func metric(
    _ name: String, of resource: AdapterResource, among names: [String], at time: Int64,
    in source: some SeriesSource
  ) -> AdapterMetric? {
    for rule in rules.reversed() {
      // Many series have the same labels.
      var belongs: [String: Bool] = [:]
      for series in rule.seriesNames(of: name, among: names).reversed() {
        for labels in rule.listed(series, at: time, in: source) {
          for pair in labels.pairs where pair.name != Labels.metricName {
            let isOne = belongs[pair.name] ?? (rule.resources.resource(of: pair.name) == resource)
            belongs[pair.name] = isOne
            if isOne { return AdapterMetric(rule: rule, series: series) }
          }
        }
      }
    }
    return nil
  }

  /// The metric of no object, by the series that there are at a time; the last one counts
  /// (`externalSeriesRegistry.filterAndStoreMetrics`).
  public func externalMetric(
    _ name: String, among names: [String], at time: Int64, in source: some SeriesSource
  ) -> AdapterMetric? {
    for rule in externalRules.reversed() {
      for series in rule.seriesNames(of: name, among: names).reversed()
      where !rule.listed(series, at: time, in: source).isEmpty {
        return AdapterMetric(rule: rule, series: series)
      }
    }
    return nil
  }

  /// The series by name that may be read for a metric: those that the rules find it in, and others that
  /// their queries name. Told by names alone, before there are any series.
  public func seriesNamesWanted(
    forMetric name: String, isExternal: Bool, among names: [String]
  ) -> [String] {
    var wanted: Set<String> = []
    for rule in isExternal ? externalRules : rules {
      for series in rule.seriesNames(of: name, among: names) {
        wanted.insert(series)
        for selector in AdapterMetric(rule: rule, series: series).selectors {
          let conditions = selector.matchers.filter { $0.name == Labels.metricName }
          wanted.formUnion(names.filter { name in conditions.allSatisfy { $0.matches(name) } })
        }
      }
    }
    return names.filter(wanted.contains)
  }

  /// PromQL that selects all series which may be read for a metric, as far back as they are: what has to
  /// be kept of a run in which somebody asks for it.
  public func queries(
    forMetric name: String, isExternal: Bool, among names: [String]
  ) -> [String] {
    // A series is listed as it was at the last relist.
    var reach = 2 * AdapterRules.maximumAge
    for rule in isExternal ? externalRules : rules {
      for series in rule.seriesNames(of: name, among: names) {
        for selector in AdapterMetric(rule: rule, series: series).selectors {
          reach = max(reach, -selector.span.after)
        }
      }
    }
    return seriesNamesWanted(forMetric: name, isExternal: isExternal, among: names).map {
      "last_over_time(\($0){namespace=~\".*\", pod=~\".*\"}[\(reach)ms])"
    }
  }
}

extension AdapterRule {
  /// The series that it would call so, sorted.
  fileprivate func seriesNames(of metric: String, among names: [String]) -> [String] {
    let conditions = matchers.filter { $0.name == Labels.metricName }
    return names.filter { name in
      conditions.allSatisfy { $0.matches(name) } && metricName(ofSeries: name) == metric
    }.sorted()
  }

  /// Series of a name that its selector finds.
  fileprivate func listed(
    _ name: String, at time: Int64, in source: some SeriesSource
  ) -> [Labels] {
    let span = TimeSpan(after: time - AdapterRules.maximumAge, through: time)
    return source.series(
      matching: [LabelMatcher(Labels.metricName, equals: name)] + matchers, in: span
    ).map(\.labels)
  }
}

extension AdapterMetric {
  /// What its query selects, whatever it is asked for.
  fileprivate var selectors: [SelectorReach] {
    guard let text = try? sample(), let query = try? Query(text) else { return [] }
    return (try? query.selectors(from: 0, through: 0)) ?? []
  }
}

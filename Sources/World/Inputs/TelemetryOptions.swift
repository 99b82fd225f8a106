import PromQL
public import Units

/// How metrics are scraped.
public struct TelemetryOptions: Hashable, Sendable {
  /// Prometheus' `scrape_interval`.
  public var scrapeInterval: Span
  /// PromQL that is going to be asked: only series that it selects are kept; nil: all.
  public var queries: [String]?
  /// Latencies of clients that are going to be asked about, ascending, besides those for which the
  /// histogram of loads has a bucket anyway.
  public let latencies: [Span]
  /// Kubernetes' labels that kube-state-metrics shows.
  public var labels: LabelAllowlist

  public init(
    scrapeInterval: Span = .seconds(15), queries: [String]? = nil, latencies: [Span] = [],
    labels: LabelAllowlist = LabelAllowlist()
  ) {
    (self.scrapeInterval, self.queries, self.labels) = (scrapeInterval, queries, labels)
    let usual = MetricBuckets.loadGenerator([])
    self.latencies = MetricBuckets.union([latencies]).filter { !usual.contains($0) }
  }

  /// What the queries select; a text that is no PromQL selects nothing.
  var wanted: WantedSeries {
    queries.map { WantedSeries($0.compactMap { try? PromQL.Query($0) }) } ?? .all
  }
}

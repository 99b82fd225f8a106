import PromQL
public import Units

/// How metrics are scraped.
public struct TelemetryOptions: Hashable, Sendable {
  /// Prometheus' `scrape_interval`.
  public var scrapeInterval: Span
  /// PromQL that is going to be asked: only series that it selects are kept; nil: all.
  public var queries: [String]?

  public init(scrapeInterval: Span = .seconds(15), queries: [String]? = nil) {
    (self.scrapeInterval, self.queries) = (scrapeInterval, queries)
  }

  /// What the queries select; a text that is no PromQL selects nothing.
  var wanted: WantedSeries {
    queries.map { WantedSeries($0.compactMap { try? PromQL.Query($0) }) } ?? .all
  }
}

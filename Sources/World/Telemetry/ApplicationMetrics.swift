import PromQL
import Units

/// What a pod's own process shows of its requests, as middleware of client libraries does.
///
/// The names are those of the image's profile. Every request is a GET of `/`.
enum ApplicationMetrics {
  static let families = families(ImageMetrics())

  static func families(_ metrics: ImageMetrics) -> [MetricFamily] {
    [
      MetricFamily(
        name: metrics.duration, kind: .histogram,
        help: "Time from accepting a request to its end.", labels: labels + ["le"]),
      MetricFamily(
        name: metrics.requests, kind: .counter, help: "Requests by the code of the answer.",
        labels: labels),
    ]
  }

  private static let labels = ["code", "handler", "method"]

  private static let outcomes: [RequestSeries.Outcome] = [
    (RequestMeter.Observation.ok, "200"), (.clientGone, "499"), (.serverError, "500"),
    (.overflow, "503"),
  ].map { .init(observations: [$0], labels: [Label("code", $1)]) }

  /// - Parameter rows: of one process.
  /// - Returns: the series that it had.
  static func write(
    _ rows: [MeterRow], bounds: [Span], _ metrics: ImageMetrics, of target: Target,
    _ clock: TelemetryClock, into store: inout TelemetryStore
  ) -> [PromQL.Labels] {
    var series = RequestSeries(
      requests: metrics.requests, duration: metrics.duration,
      [Label("method", "GET"), Label("handler", "/")], outcomes, of: target,
      buckets: metrics.buckets, among: bounds)
    for row in rows { series.write([row], at: clock.time(row.at), into: &store) }
    return series.all
  }
}

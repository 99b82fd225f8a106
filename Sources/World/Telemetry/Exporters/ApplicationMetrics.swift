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

  static func series(
    _ metrics: ImageMetrics, of target: Target, among bounds: [Span]
  ) -> RequestSeries {
    RequestSeries(
      requests: metrics.requests, duration: metrics.duration,
      [Label("method", "GET"), Label("handler", "/")], outcomes, of: target,
      buckets: metrics.buckets, among: bounds)
  }
}

/// The endpoint of one process.
struct ApplicationExporter: MeterExporter, Sendable {
  static var origin: MeterRows.Origin { .process }

  var reader: MeterReader
  private var requests: RequestSeries
  private var vllm: VLLMSeries?

  /// - Parameter vllm: what a server of vLLM shows besides; nil: it is none.
  init(reader: MeterReader, _ requests: RequestSeries, _ vllm: VLLMSeries?) {
    (self.reader, self.requests, self.vllm) = (reader, requests, vllm)
  }

  var places: [TelemetryStore.Place] { requests.places + (vllm?.places ?? []) }

  mutating func write(_ row: MeterRow, at: Int64, into store: inout TelemetryStore) {
    requests.write(CollectionOfOne(row), at: at, into: &store)
    vllm?.write(row, at: at, into: &store)
  }
}

public import ClusterAPI
import PromQL
public import Units

/// What the generator of a load shows of its requests, as OpenTelemetry's instrumentation of HTTP clients
/// names it (semantic conventions, "HTTP client metrics").
///
/// A request counts once, with all of its attempts, when it has ended. Those that no process answered are
/// among them. The generator pushes what it counted each second, as k6 does; all of its series are there
/// from the first instant on.
public enum LoadMetrics {
  public static let duration = "http_client_request_duration_seconds"

  /// Between two pushes.
  public static var interval: Span { .seconds(1) }

  /// What `server_address` says of a Service.
  public static func address(of service: ObjectKey) -> String {
    "\(service.name).\(service.namespace).svc.cluster.local"
  }

  /// What `le` says of the bucket that ends at a latency.
  public static func le(_ bound: Span) -> String { HistogramSeries.text(bound, unit: 1e9) }

  static let families = [
    MetricFamily(
      name: duration, kind: .histogram, help: "Duration of requests, as their clients see it.",
      labels: [
        "error_type", "http_request_method", "http_response_status_code", "server_address",
        "server_port", "le",
      ])
  ]

  /// A client that finds no endpoint is refused by the Service's address (kube-proxy's REJECT).
  private static let outcomes = [
    outcome([.ok], code: "200", error: ""),
    outcome([.serverError], code: "500", error: "500"),
    outcome([.overflow], code: "503", error: "503"),
    outcome([.refused, .noEndpoints], code: "", error: "connection_refused"),
    outcome([.reset], code: "", error: "connection_reset"),
    outcome([.clientGone], code: "", error: "timeout"),
  ]

  private static func outcome(
    _ observations: [RequestMeter.Observation], code: String, error: String
  ) -> RequestSeries.Outcome {
    .init(
      observations: observations,
      labels: [Label("http_response_status_code", code), Label("error_type", error)])
  }

  /// - Parameter index: of the load in the run.
  static func generator(_ index: Int) -> Target {
    .pushing(
      [Label("job", "load-generator"), Label("instance", "load-\(index)")], every: interval)
  }

  static func series(
    _ service: ObjectKey, port: Int, of target: Target, buckets: [Span], among bounds: [Span]
  ) -> RequestSeries {
    RequestSeries(
      requests: nil, duration: duration,
      [
        Label("http_request_method", "GET"), Label("server_address", address(of: service)),
        Label("server_port", "\(port)"),
      ], outcomes, of: target, buckets: buckets, among: bounds)
  }
}

import ClusterAPI
import PromQL
import Units

/// What Istio's proxies show of requests (istio.io, "Istio Standard Metrics").
///
/// The proxy of a pod reports as `destination`, over all processes behind it until its machine fails; that of a load's clients,
/// whose workload nobody knows, as `source`. Nothing is encrypted. Codes and flags are Envoy's: `UF`
/// where a connection was refused, `UC` where it broke, `UH` where there was no endpoint, and `DC`
/// with the code 0 where the client gave up.
enum IstioMetrics {
  static let requests = "istio_requests_total"
  static let duration = "istio_request_duration_milliseconds"

  static let families: [MetricFamily] = [
    MetricFamily(
      name: duration, kind: .histogram, help: "Duration of requests.", labels: labels + ["le"]),
    MetricFamily(name: requests, kind: .counter, help: "Requests.", labels: labels),
  ]

  private static let labels =
    ["source", "destination"].flatMap { side in
      [
        "app", "canonical_revision", "canonical_service", "cluster", "principal", "version",
        "workload", "workload_namespace",
      ].map { side + "_" + $0 }
    } + [
      "connection_security_policy", "destination_service", "destination_service_name",
      "destination_service_namespace", "reporter", "request_protocol", "response_code",
      "response_flags",
    ]

  /// Whose pods a proxy stands before.
  struct Destination {
    /// Empty: nobody.
    var workload: String
    var namespace: String
    var service: String
    /// Of its pods.
    var labels: ClusterAPI.Labels
  }

  enum Reporter: String {
    case source, destination
  }

  static let outcomes = [
    outcome(.ok, "200", "-"), outcome(.serverError, "500", "-"), outcome(.overflow, "503", "-"),
    outcome(.refused, "503", "UF"), outcome(.reset, "503", "UC"), outcome(.clientGone, "0", "DC"),
  ]
  static let unrouted = [outcome(.noEndpoints, "503", "UH")]

  private static func outcome(
    _ observation: RequestMeter.Observation, _ code: String, _ flags: String
  ) -> RequestSeries.Outcome {
    .init(
      observations: [observation],
      labels: [Label("response_code", code), Label("response_flags", flags)])
  }

  static func series(
    _ reporter: Reporter, _ destination: Destination, _ outcomes: [RequestSeries.Outcome],
    of target: Target, among bounds: [Span]
  ) -> RequestSeries {
    RequestSeries(
      requests: requests, duration: duration, labels(reporter, destination), outcomes, of: target,
      buckets: MetricBuckets.envoy, among: bounds)
  }

  static func labels(_ reporter: Reporter, _ to: Destination) -> [Label] {
    let unknown = "unknown"
    func first(_ names: [String], or other: String) -> String {
      for name in names { if let value = to.labels[name], !value.isEmpty { return value } }
      return other
    }
    let workload = to.workload.isEmpty ? unknown : to.workload
    return [
      Label("reporter", reporter.rawValue),
      Label("source_workload", unknown), Label("source_workload_namespace", unknown),
      Label("source_principal", unknown), Label("source_app", unknown),
      Label("source_version", unknown), Label("source_canonical_service", unknown),
      Label("source_canonical_revision", "latest"), Label("source_cluster", unknown),
      Label("destination_workload", workload),
      Label("destination_workload_namespace", to.workload.isEmpty ? unknown : to.namespace),
      Label("destination_principal", unknown),
      Label("destination_app", first(["app"], or: unknown)),
      Label("destination_version", first(["version"], or: unknown)),
      Label("destination_service", "\(to.service).\(to.namespace).svc.cluster.local"),
      Label("destination_service_name", to.service),
      Label("destination_service_namespace", to.namespace),
      Label(
        "destination_canonical_service",
        first(
          ["service.istio.io/canonical-name", "app.kubernetes.io/name", "app"], or: workload)),
      Label(
        "destination_canonical_revision",
        first(
          ["service.istio.io/canonical-revision", "app.kubernetes.io/version", "version"],
          or: "latest")),
      Label("destination_cluster", to.workload.isEmpty ? unknown : "Kubernetes"),
      Label("request_protocol", "http"),
      Label("connection_security_policy", reporter == .source ? unknown : "none"),
    ]
  }

  /// The proxy of a pod.
  static func proxy(_ namespace: String, _ pod: String, _ interval: Span) -> Target {
    Target(
      [
        Label("namespace", namespace), Label("pod", pod), Label("container", "istio-proxy"),
        Label("job", "envoy-stats"), Label("instance", "\(pod):15090"),
      ], interval: interval)
  }

  /// The proxies of a load's clients.
  static func clients(_ load: Int, _ interval: Span) -> Target {
    Target(
      [Label("job", "envoy-stats"), Label("instance", "clients-\(load):15090")],
      interval: interval)
  }
}

/// The proxy of a pod, over all processes behind it as long as its sandbox is there.
struct ProxyExporter: MeterExporter, Sendable {
  static var origin: MeterRows.Origin { .sandbox }

  var reader: MeterReader
  private var requests: RequestSeries

  init(reader: MeterReader, _ requests: RequestSeries) {
    (self.reader, self.requests) = (reader, requests)
  }

  var places: [TelemetryStore.Place] { requests.places }

  mutating func write(_ row: MeterRow, at: Int64, into store: inout TelemetryStore) {
    requests.write(CollectionOfOne(row), at: at, into: &store)
  }
}

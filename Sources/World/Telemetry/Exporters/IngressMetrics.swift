import ClusterAPI
import PromQL
import Units

/// What ingress-nginx shows of the requests of loads whose Service an Ingress names: one controller,
/// which sees what the clients of the load see.
///
/// It does not try another endpoint where one refuses or breaks a connection, and answers 502; 503 where
/// there is none. A client that gives up is 499. Every request is a GET.
enum IngressMetrics {
  static let requests = "nginx_ingress_controller_requests"
  static let duration = "nginx_ingress_controller_request_duration_seconds"

  static let families: [MetricFamily] = [
    MetricFamily(
      name: duration, kind: .histogram, help: "Time of requests, up to the last byte.",
      labels: labels + ["le"]),
    MetricFamily(name: requests, kind: .counter, help: "Requests of clients.", labels: labels),
  ]

  private static let labels = [
    "canary", "controller_class", "controller_namespace", "controller_pod", "host", "ingress",
    "method", "namespace", "path", "service", "status",
  ]

  private static let outcomes: [RequestSeries.Outcome] = [
    ([RequestMeter.Observation.ok], "200"), ([.clientGone], "499"), ([.serverError], "500"),
    ([.refused, .reset], "502"), ([.overflow, .noEndpoints], "503"),
  ].map { .init(observations: $0, labels: [Label("status", $1)]) }

  /// A path of an Ingress that leads to a Service.
  struct Route: Hashable {
    var namespace: String
    var ingress: String
    /// `_`: any.
    var host: String
    var path: String
    var service: String
  }

  static func series(_ route: Route, of target: Target, among bounds: [Span]) -> RequestSeries {
    RequestSeries(
      requests: requests, duration: duration,
      [
        Label("controller_class", "k8s.io/ingress-nginx"),
        Label("controller_namespace", "ingress-nginx"),
        Label("controller_pod", "ingress-nginx-controller"), Label("host", route.host),
        Label("ingress", route.ingress), Label("method", "GET"),
        Label("namespace", route.namespace), Label("path", route.path),
        Label("service", route.service),
      ], outcomes, of: target, buckets: MetricBuckets.clientGolang, among: bounds)
  }

  static func controller(_ interval: Span) -> Target {
    Target(
      [
        Label("job", "ingress-nginx-controller-metrics"),
        Label("instance", "ingress-nginx-controller:10254"),
      ], interval: interval)
  }

  /// The paths of an Ingress of this controller, in their order.
  static func routes(_ ingress: OpaqueObject) -> [Route] {
    let spec = ingress.document["spec"]
    let name =
      spec?["ingressClassName"]?.text
      ?? ingress.meta.annotations["kubernetes.io/ingress.class"] ?? "nginx"
    guard name.contains("nginx") else { return [] }
    func route(_ host: String?, _ path: String?, _ backend: DocumentValue?) -> Route? {
      backend?["service"]?["name"]?.text.map {
        Route(
          namespace: ingress.meta.namespace, ingress: ingress.meta.name, host: host ?? "_",
          path: path ?? "/", service: $0)
      }
    }
    var routes: [Route] = []
    for rule in spec?["rules"]?.elements ?? [] {
      for path in rule["http"]?["paths"]?.elements ?? [] {
        if let it = route(rule["host"]?.text, path["path"]?.text, path["backend"]) {
          routes.append(it)
        }
      }
    }
    if let it = route(nil, nil, spec?["defaultBackend"]) { routes.append(it) }
    return routes
  }
}

extension DocumentValue {
  fileprivate var text: String? {
    if case .string(let text) = self { text } else { nil }
  }

  fileprivate var elements: [DocumentValue] {
    if case .list(let elements) = self { elements } else { [] }
  }
}

import ClusterAPI
public import PromQL

// What Flagger asks.
extension CanaryAnalysis {
  /// Whether the metrics that the built-in checks of its provider read are those of Istio's proxies
  /// (`observers.Factory`); no others are simulated.
  public var readsIstio: Bool {
    CanaryAnalysis.otherProviders.allSatisfy { !provider.hasPrefix($0) }
  }

  /// Providers with metrics of their own.
  private static let otherProviders = [
    "apisix", "appmesh", "contour", "gatewayapi", "gloo", "knative", "kubernetes", "kuma",
    "linkerd",
    "nginx", "osm", "skipper", "traefik",
  ]

  /// PromQL with its variables filled in; nil: there is none that could be asked.
  public func query(of check: Check) -> String? {
    let window = "[\(check.interval)]"
    switch check.source {
    case .successRate where readsIstio:
      let good = requests(",response_code!~\"5.*\"")
      return "sum(rate(istio_requests_total\(good)\(window))) / "
        + "sum(rate(istio_requests_total\(requests(""))\(window))) * 100"
    case .duration where readsIstio:
      return "histogram_quantile(0.99, sum(rate("
        + "istio_request_duration_milliseconds_bucket\(requests(""))\(window))) by (le))"
    case .successRate, .duration: return nil
    case .query(let text):
      return try? QueryTemplate(text).expanded(values(for: check))
    }
  }

  private func requests(_ more: String) -> String {
    "{reporter=\"destination\",destination_workload_namespace=\"\(canary.namespace)\","
      + "destination_workload=~\"\(target)\"\(more)}"
  }

  /// What the query of a check is filled with.
  public func values(for check: Check) -> QueryTemplate.Values {
    var values = QueryTemplate.Values()
    (values.name, values.namespace) = (canary.name, canary.namespace)
    (values.target, values.service) = (target, service)
    (values.ingress, values.route) = (ingress, route)
    values.interval = check.interval
    values.variables = check.variables.map { Label($0.name, $0.value) }
    return values
  }
}

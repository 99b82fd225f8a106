public import ClusterAPI
public import Units

/// Whose metrics tell what requests come to.
public enum ObjectiveMetrics: Hashable, Sendable {
  /// The pods' own, by the names of a counter and of a histogram. What no process answered is not among
  /// them.
  case application(
    requests: String = "http_requests_total",
    duration: String = "http_request_duration_seconds")
  /// Istio's: of one revision what its pods' proxies see, of a Service what its clients' proxies see.
  case istio
}

/// The queries of objectives, as the metrics of Flagger's observers ask them.
///
/// A revision is known by the names of its pods: `<ReplicaSet>-<five characters>`.
public struct ObjectiveQueries: Sendable {
  public let metrics: ObjectiveMetrics
  public let objective: RollbackGuard.Objective
  /// Whose pods' answers count; nil: those of all of the Service.
  public let replicaSet: String?

  public init(
    _ objective: RollbackGuard.Objective, _ metrics: ObjectiveMetrics, replicaSet: String?
  ) {
    (self.objective, self.metrics, self.replicaSet) = (objective, metrics, replicaSet)
  }

  /// Of the ratio, or of the latency in `unit`.
  public var value: String {
    switch objective.limit {
    case .errorRatio:
      "(sum(rate(\(requests)\(selector(failed)))) or vector(0)) / sum(rate(\(requests)\(selector())))"
    case .latency(let quantile, _):
      "histogram_quantile(\(ObjectiveQueries.share(quantile)), "
        + "sum by (le) (rate(\(duration)_bucket\(selector()))))"
    }
  }

  /// Of the number of requests in the window.
  public var count: String { "sum(increase(\(requests)\(selector())))" }

  /// What one is, of the value, in millionths of a ratio or in nanoseconds.
  public var unit: Double {
    switch objective.limit {
    case .errorRatio: 1e6
    case .latency: duration.hasSuffix("_milliseconds") ? 1e6 : 1e9
    }
  }

  private var requests: String {
    switch metrics {
    case .application(let requests, _): requests
    case .istio: "istio_requests_total"
    }
  }

  private var duration: String {
    switch metrics {
    case .application(_, let duration): duration
    case .istio: "istio_request_duration_milliseconds"
    }
  }

  /// 499 and Istio's 0 are requests whose client has given up.
  private var failed: String {
    switch metrics {
    case .application: ",code=~\"5..|499\""
    case .istio: ",response_code=~\"5..|0\""
    }
  }

  private func selector(_ more: String = "") -> String {
    let (namespace, name) = (objective.service.namespace, objective.service.name)
    let own: String
    switch (metrics, replicaSet) {
    case (.application, let set?):
      own = "namespace=\"\(namespace)\",pod=~\"\(set)-[a-z0-9]{5}\""
    case (.application, nil): own = "namespace=\"\(namespace)\",service=\"\(name)\""
    case (.istio, let set?):
      own =
        "reporter=\"destination\",namespace=\"\(namespace)\",pod=~\"\(set)-[a-z0-9]{5}\""
    case (.istio, nil):
      own =
        "reporter=\"source\",destination_service_namespace=\"\(namespace)\","
        + "destination_service_name=\"\(name)\""
    }
    return "{\(own)\(more)}[\(ObjectiveQueries.range(objective.window))]"
  }

  /// `0.99`
  private static func share(_ share: Ratio) -> String {
    let digits = String(share.ppm % 1_000_000)
    return "\(share.ppm / 1_000_000)." + String(repeating: "0", count: 6 - digits.count) + digits
  }

  private static func range(_ window: Span) -> String { "\(max(1, window.ns / 1_000_000))ms" }

  /// What a user's query may name between double braces, as in Flagger's MetricTemplates: the namespace
  /// and the name of the Deployment, the ReplicaSet that is judged, whose pods' names begin with it, and
  /// how far back is looked.
  public static let variables = ["interval", "namespace", "revision", "target"]

  /// A user's query with its variables filled: `{{ namespace }}`, with or without blanks.
  ///
  /// - Throws: the first name that is no variable; empty where there is none.
  public static func fill(
    _ query: String, deployment: ObjectKey, replicaSet: String, window: Span
  ) throws(UnknownVariable) -> String {
    var (text, rest) = ("", query[...])
    while let open = rest.firstRange(of: "{{") {
      text += rest[..<open.lowerBound]
      guard let close = rest[open.upperBound...].firstRange(of: "}}") else {
        throw UnknownVariable(name: "")
      }
      let name = rest[open.upperBound..<close.lowerBound].filter { $0 != " " }
      switch name {
      case "namespace": text += deployment.namespace
      case "target": text += deployment.name
      case "revision": text += replicaSet
      case "interval": text += range(window)
      default: throw UnknownVariable(name: name)
      }
      rest = rest[close.upperBound...]
    }
    return text + rest
  }

  /// A name between double braces that stands for nothing.
  public struct UnknownVariable: Error, Hashable, Sendable {
    public var name: String
  }
}

public import ClusterAPI
public import PromQL
public import Units

/// Where the adapter's queries go: what Prometheus has at one time.
public struct AdapterPrometheus<Source: SeriesSource> {
  public var source: Source
  /// Names of all series that there may be.
  public var names: [String]
  /// Milliseconds since the epoch.
  public var time: Int64

  public init(source: Source, names: [String], time: Int64) {
    self.source = source
    self.names = names
    self.time = time
  }

  /// - Throws: an internal error where the query cannot be read or answered.
  fileprivate func value(_ text: String) throws(Refusal) -> QueryValue {
    do {
      return try PromQL.Query(text).instant(at: time, in: source).value
    } catch {
      throw .unavailable
    }
  }
}

extension AdapterRules {
  /// What a query to `custom.metrics.k8s.io` or `external.metrics.k8s.io` is about, by the series that
  /// there are; nil: nothing serves it, or it is one to another API.
  public func metric(
    for query: ClusterAPI.Query, from prometheus: AdapterPrometheus<some SeriesSource>
  ) -> AdapterMetric? {
    let (names, time, source) = (prometheus.names, prometheus.time, prometheus.source)
    switch query {
    case .scale, .resourceMetrics: return nil
    case .podsMetric(let name, _, _, _):
      return metric(name, of: .pods, among: names, at: time, in: source)
    case .objectMetric(let name, _, _, let kind, _):
      return metric(name, of: AdapterResource(kind: kind), among: names, at: time, in: source)
    case .externalMetric(let name, _, _):
      return externalMetric(name, among: names, at: time, in: source)
    }
  }
}

extension AdapterMetric {
  /// Answers for `custom.metrics.k8s.io` and `external.metrics.k8s.io`.
  ///
  /// - Parameters:
  ///   - query: one that this metric serves.
  ///   - pods: names of the pods that the query selects, in whatever phase they are, sorted.
  ///   - now: the time of `prometheus` in that of the cluster.
  public func answer(
    _ query: ClusterAPI.Query, pods: [String],
    from prometheus: AdapterPrometheus<some SeriesSource>, now: Instant
  ) -> ClusterAPI.QueryResult {
    do throws(Refusal) {
      switch query {
      case .scale, .resourceMetrics: throw .notFound
      case .podsMetric(_, let selector, let namespace, _):
        // The adapter asks nothing for nobody.
        if pods.isEmpty { throw .notFound }
        let (value, label) = try value(
          .pods, named: pods, namespace: namespace, selector, prometheus)
        return .podMetrics(
          try AdapterAnswer.podMetrics(value, of: pods, label: label, at: Timestamp(now).instant))
      case .objectMetric(_, let selector, let namespace, let kind, let object):
        let resource = AdapterResource(kind: kind)
        // Autoscalers ask for objects of their namespace, and for the namespace itself.
        let isNamespace = resource == .namespaces
        guard isNamespace || resource.isNamespaced else { throw .notFound }
        let wanted = isNamespace ? namespace : object
        let (value, label) = try value(
          resource, named: [wanted], namespace: isNamespace ? "" : namespace, selector, prometheus)
        return .values([try AdapterAnswer.objectValue(value, of: wanted, label: label)])
      case .externalMetric(_, let selector, let namespace):
        guard let text = try? externalQuery(namespace: namespace, selector: selector) else {
          throw .unavailable
        }
        return .values(try AdapterAnswer.externalValues(try prometheus.value(text)))
      }
    } catch {
      return .refused(error)
    }
  }

  /// What Prometheus has of objects, and the label that names them (`buildQuery`).
  private func value(
    _ resource: AdapterResource, named names: [String], namespace: String,
    _ selector: LabelSelector?, _ prometheus: AdapterPrometheus<some SeriesSource>
  ) throws(Refusal) -> (QueryValue, label: String) {
    guard let label = try? rule.resources.label(of: resource),
      let text = try? query(
        of: resource, named: names, namespace: namespace, selector: selector)
    else { throw .notFound }
    return (try prometheus.value(text), label)
  }
}

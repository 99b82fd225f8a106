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
  /// Answers for `custom.metrics.k8s.io` and `external.metrics.k8s.io`.
  ///
  /// - Parameters:
  ///   - pods: names of the pods that the query selects, in whatever phase they are, sorted.
  ///   - now: the time of `prometheus` in that of the cluster.
  /// - Returns: nil for queries to other APIs.
  public func answer(
    _ query: ClusterAPI.Query, pods: [String],
    from prometheus: AdapterPrometheus<some SeriesSource>,
    now: Instant
  ) -> ClusterAPI.QueryResult? {
    do throws(Refusal) {
      switch query {
      case .scale, .resourceMetrics: return nil
      case .podsMetric(let name, let selector, let namespace, _):
        // The adapter asks nothing for nobody.
        if pods.isEmpty { return .refused(.notFound) }
        let (value, label) = try value(
          of: name, .pods, named: pods, namespace: namespace, selector, prometheus)
        return .podMetrics(
          try AdapterAnswer.podMetrics(value, of: pods, label: label, at: Timestamp(now).instant))
      case .objectMetric(let name, let selector, let namespace, let kind, let object):
        let resource = AdapterResource(kind: kind)
        // Autoscalers ask for objects of their namespace, and for the namespace itself.
        let isNamespace = resource == .namespaces
        guard isNamespace || resource.isNamespaced else { return .refused(.notFound) }
        let wanted = isNamespace ? namespace : object
        let (value, label) = try value(
          of: name, resource, named: [wanted], namespace: isNamespace ? "" : namespace, selector,
          prometheus)
        return .values([try AdapterAnswer.objectValue(value, of: wanted, label: label)])
      case .externalMetric(let name, let selector, let namespace):
        let value = try externalValue(of: name, namespace, selector, prometheus)
        return .values(try AdapterAnswer.externalValues(value))
      }
    } catch {
      return .refused(error)
    }
  }

  /// What Prometheus has of objects, and the label that names them (`buildQuery`).
  private func value(
    of name: String, _ resource: AdapterResource, named names: [String], namespace: String,
    _ selector: LabelSelector?, _ prometheus: AdapterPrometheus<some SeriesSource>
  ) throws(Refusal) -> (QueryValue, label: String) {
    guard
      let metric = metric(
        name, of: resource, among: prometheus.names, at: prometheus.time, in: prometheus.source)
    else { throw .notFound }
    let text: String
    let label: String
    do {
      label = try metric.rule.resources.label(of: resource)
      text = try metric.query(
        of: resource, named: names, namespace: namespace, selector: selector)
    } catch {
      throw .notFound
    }
    return (try prometheus.value(text), label)
  }

  /// `GetExternalMetric`
  private func externalValue(
    of name: String, _ namespace: String, _ selector: LabelSelector?,
    _ prometheus: AdapterPrometheus<some SeriesSource>
  ) throws(Refusal) -> QueryValue {
    guard
      let metric = externalMetric(
        name, among: prometheus.names, at: prometheus.time, in: prometheus.source)
    else { throw .notFound }
    let text: String
    do {
      text = try metric.externalQuery(namespace: namespace, selector: selector)
    } catch {
      throw .unavailable
    }
    return try prometheus.value(text)
  }
}

import ClusterAPI

/// How one metric of a spec is read and what size it asks for (`computeReplicasForMetric`).
struct MetricSizing {
  var metric: MetricTarget
  var namespace: String

  /// What the API server is asked for.
  func query(selecting selector: LabelSelector) -> Query {
    switch metric.source {
    case .resource(let name):
      .resourceMetrics(resource: name, container: nil, namespace: namespace, selector: selector)
    case .containerResource(let name, let container):
      .resourceMetrics(
        resource: name, container: container, namespace: namespace, selector: selector)
    case .pods(let name, let metricSelector):
      .podsMetric(name, metricSelector: metricSelector, namespace: namespace, selector: selector)
    case .object(let name, let metricSelector, _, let kind, let object):
      .objectMetric(
        name, metricSelector: metricSelector, namespace: namespace, kind: kind, name: object)
    case .external(let name, let metricSelector):
      .externalMetric(name, metricSelector: metricSelector, namespace: namespace)
    }
  }

  /// - Parameters:
  ///   - statusReplicas: of the target.
  func proposal(
    from result: QueryResult, _ calculation: ReplicaCalculation, statusReplicas: Int
  ) throws(MetricFailure) -> ReplicaCalculation.Proposal {
    switch metric.source {
    case .resource(let name):
      return try resource(name, container: nil, podMetrics(result), calculation)
    case .containerResource(let name, let container):
      return try resource(name, container: container, podMetrics(result), calculation)
    case .pods:
      guard case .averageValue(let target) = metric.target else { throw .invalidTarget }
      return try calculation.replicas(
        podMetrics(result), isCPU: false, averageMilli: target.milliValue)
    case .object, .external:
      guard case .values(let values) = result, !values.isEmpty else {
        throw .notServed(metric: name)
      }
      switch metric.target {
      case .value(let target):
        return try calculation.replicas(total: values, valueMilli: target.milliValue)
      case .averageValue(let target):
        return calculation.replicas(
          total: values, averageMilli: target.milliValue, statusReplicas: statusReplicas)
      case .utilization: throw .invalidTarget
      }
    }
  }

  private func resource(
    _ name: String, container: String?, _ metrics: PodMetrics, _ calculation: ReplicaCalculation
  ) throws(MetricFailure) -> ReplicaCalculation.Proposal {
    switch metric.target {
    case .utilization(let target):
      return try calculation.replicas(
        metrics, of: name, container: container, utilization: target)
    case .averageValue(let target):
      return try calculation.replicas(
        metrics, isCPU: name == "cpu", averageMilli: target.milliValue)
    case .value: throw .invalidTarget
    }
  }

  private func podMetrics(_ result: QueryResult) throws(MetricFailure) -> PodMetrics {
    guard case .podMetrics(let metrics) = result, !metrics.isEmpty else {
      throw .notServed(metric: name)
    }
    return metrics
  }

  private var name: String {
    switch metric.source {
    case .resource(let name), .containerResource(let name, _), .pods(let name, _),
      .object(let name, _, _, _, _), .external(let name, _):
      name
    }
  }

  /// In the condition ScalingActive, when the metric gives no size.
  var failureReason: String {
    switch metric.source {
    case .resource: "FailedGetResourceMetric"
    case .containerResource: "FailedGetContainerResourceMetric"
    case .pods: "FailedGetPodsMetric"
    case .object: "FailedGetObjectMetric"
    case .external: "FailedGetExternalMetric"
    }
  }
}

public import Units

/// What a controller asks the API server for, past its informers.
public enum Query: Hashable, Sendable {
  /// The scale subresource.
  case scale(ObjectKey)
  /// `metrics.k8s.io`: of the pods that are selected; `container` nil: whole pods.
  case resourceMetrics(
    resource: String, container: String?, namespace: String, selector: LabelSelector)
  /// `custom.metrics.k8s.io` of the pods that are selected.
  case podsMetric(
    String, metricSelector: LabelSelector?, namespace: String, selector: LabelSelector)
  /// `custom.metrics.k8s.io` of one object.
  case objectMetric(
    String, metricSelector: LabelSelector?, namespace: String, kind: String, name: String)
  /// `external.metrics.k8s.io`
  case externalMetric(String, metricSelector: LabelSelector?, namespace: String)
}

/// What the API server answered to a query, of the case that goes with it.
public enum QueryResult: Hashable, Sendable {
  case scale(Scale)
  /// By the names of the pods.
  case podMetrics(PodMetrics)
  /// Thousandths.
  case values([Int64])
  case refused(Refusal)
}

/// `autoscaling/v1` Scale: the size of a workload.
public struct Scale: Hashable, Sendable {
  /// `spec.replicas`
  public var replicas: Int
  /// `status.replicas`
  public var statusReplicas: Int
  public var selector: LabelSelector
  /// That of the workload.
  public var resourceVersion: UInt64

  public init(
    replicas: Int, statusReplicas: Int, selector: LabelSelector, resourceVersion: UInt64
  ) {
    self.replicas = replicas
    self.statusReplicas = statusReplicas
    self.selector = selector
    self.resourceVersion = resourceVersion
  }
}

/// The value of a metric for one pod.
public struct PodMetric: Hashable, Sendable {
  /// Thousandths.
  public var milli: Int64
  /// The end of its window.
  public var timestamp: Instant
  /// Over which it was measured.
  public var window: Span

  public init(milli: Int64, timestamp: Instant = .zero, window: Span = .zero) {
    self.milli = milli
    self.timestamp = timestamp
    self.window = window
  }
}

import ClusterAPI

extension KubeState {
  private static let shape = ObjectFamilies(
    "kube_horizontalpodautoscaler", ["namespace", "horizontalpodautoscaler"])

  private static let metricLabels = ["metric_name", "metric_target_type", "container"]

  static let autoscalerFamilies: [MetricFamily] = [
    shape.created,
    shape.kubernetesLabels,
    shape.generation,
    shape.gauge(
      "info", "1; what it scales",
      ["scaletargetref_api_version", "scaletargetref_kind", "scaletargetref_name"]),
    shape.gauge("spec_max_replicas", "the most pods that it asks for"),
    shape.gauge("spec_min_replicas", "the fewest pods that it asks for"),
    shape.gauge(
      "spec_target_metric",
      "the target of a metric: a value, an average, or per cent of the request",
      metricLabels),
    shape.gauge(
      "status_condition", "1 for the status that a condition has, 0 for the others",
      ["condition", "status"]),
    shape.gauge("status_current_replicas", "how many pods it saw last"),
    shape.gauge("status_desired_replicas", "how many pods it asked for last"),
    shape.gauge(
      "status_target_metric", "what a metric came to when it was read last", metricLabels),
  ]

  static func expose(
    _ object: HorizontalPodAutoscaler, _ epoch: Int64, _ options: Options
  ) -> Exposition {
    let (meta, status) = (object.meta, object.status)
    var series = ObjectSeries(
      shape, [meta.namespace, meta.name], epoch: epoch, options)
    series.add(
      "info", 1, ("scaletargetref_api_version", object.targetAPIVersion),
      ("scaletargetref_kind", object.targetKind), ("scaletargetref_name", object.targetName))
    series.add("created", at: meta.creationTimestamp)
    series.add("metadata_generation", meta.generation)
    series.add("spec_max_replicas", object.maxReplicas)
    series.add("spec_min_replicas", object.minReplicas ?? 1)
    for metric in object.metrics { add(target: metric, to: &series) }
    series.add("status_current_replicas", status.currentReplicas)
    series.add("status_desired_replicas", status.desiredReplicas)
    for (metric, current) in zip(object.metrics, status.currentMetrics) {
      if let current { add(current, of: metric.source, to: &series) }
    }
    for condition in status.conditions {
      series.add("status_condition", status: condition.status, ("condition", condition.type))
    }
    series.add(labels: meta.labels, of: "horizontalpodautoscalers", allowed: options.labels)
    return series.exposition
  }

  private static func add(target metric: MetricTarget, to series: inout ObjectSeries) {
    let (name, container) = labels(of: metric.source)
    let (type, value) =
      switch metric.target {
      case .value(let amount): ("value", Double(amount.milliValue) / 1000)
      case .utilization(let share): ("utilization", Double(share))
      case .averageValue(let amount): ("average", Double(amount.milliValue) / 1000)
      }
    series.add(
      "spec_target_metric", value, ("metric_name", name), ("metric_target_type", type),
      ("container", container))
  }

  private static func add(
    _ current: MetricStatus, of source: MetricTarget.Source, to series: inout ObjectSeries
  ) {
    let (name, container) = labels(of: source)
    let values = [
      ("value", current.valueMilli.map { Double($0) / 1000 }),
      ("utilization", current.averageUtilization.map { Double($0) }),
      ("average", current.averageValueMilli.map { Double($0) / 1000 }),
    ]
    for case (let type, let value?) in values {
      series.add(
        "status_target_metric", value, ("metric_name", name), ("metric_target_type", type),
        ("container", container))
    }
  }

  private static func labels(
    of source: MetricTarget.Source
  ) -> (metric: String, container: String) {
    switch source {
    case .resource(let name): (name, "")
    case .containerResource(let name, let container): (name, container)
    case .pods(let metric, _), .object(let metric, _, _, _, _), .external(let metric, _):
      (metric, "")
    }
  }
}

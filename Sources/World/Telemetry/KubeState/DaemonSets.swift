import ClusterAPI

extension KubeState {
  private static let shape = ObjectFamilies("kube_daemonset", ["namespace", "daemonset"])

  static let daemonSetFamilies: [MetricFamily] = [
    shape.created,
    shape.kubernetesLabels,
    shape.generation,
    shape.observedGeneration,
    shape.gauge(
      "status_current_number_scheduled", "how many of the nodes that should have a pod do"),
    shape.gauge("status_desired_number_scheduled", "how many nodes should have a pod"),
    shape.gauge("status_number_available", "how many of these nodes have an available pod"),
    shape.gauge("status_number_misscheduled", "how many nodes have a pod and should not"),
    shape.gauge("status_number_ready", "how many of these nodes have a ready pod"),
    shape.gauge("status_number_unavailable", "how many of these nodes have no available pod"),
    shape.gauge(
      "status_updated_number_scheduled",
      "how many of these nodes have a pod of the current template"),
  ]

  static func expose(
    _ object: DaemonSet, _ epoch: Int64, _ options: Options
  ) -> Exposition {
    let (meta, status) = (object.meta, object.status)
    var series = ObjectSeries(
      shape, [meta.namespace, meta.name], epoch: epoch, options)
    series.add("created", at: meta.creationTimestamp)
    series.add("metadata_generation", meta.generation)
    series.add("status_observed_generation", status.observedGeneration)
    series.add("status_current_number_scheduled", status.currentNumberScheduled)
    series.add("status_desired_number_scheduled", status.desiredNumberScheduled)
    series.add("status_number_available", status.numberAvailable)
    series.add("status_number_misscheduled", status.numberMisscheduled)
    series.add("status_number_ready", status.numberReady)
    series.add("status_number_unavailable", status.numberUnavailable)
    series.add("status_updated_number_scheduled", status.updatedNumberScheduled)
    series.add(labels: meta.labels, of: "daemonsets", allowed: options.labels)
    return series.exposition
  }
}

import ClusterAPI

extension KubeState {
  private static let shape = ObjectFamilies("kube_statefulset", ["namespace", "statefulset"])

  static let statefulSetFamilies: [MetricFamily] = [
    shape.created,
    shape.kubernetesLabels,
    shape.generation,
    shape.observedGeneration,
    shape.gauge("ordinals_start", "the number of its first pod, where the spec gives one"),
    shape.gauge("replicas", "how many pods are wanted"),
    shape.gauge(
      "status_current_revision", "1; the revision from which pods below the updated ones are made",
      ["revision"]),
    shape.gauge("status_replicas", "how many pods there are"),
    shape.gauge("status_replicas_available", "how many pods have been ready for minReadySeconds"),
    shape.gauge("status_replicas_current", "how many pods are of the current revision"),
    shape.gauge("status_replicas_ready", "how many pods are ready"),
    shape.gauge("status_replicas_updated", "how many pods are of the update revision"),
    shape.gauge(
      "status_update_revision", "1; the revision to which pods are updated", ["revision"]),
  ]

  static func expose(
    _ object: StatefulSet, _ epoch: Int64, _ options: Options
  ) -> Exposition {
    let (meta, status) = (object.meta, object.status)
    var series = ObjectSeries(
      shape, [meta.namespace, meta.name], epoch: epoch, options)
    series.add("created", at: meta.creationTimestamp)
    series.add("metadata_generation", meta.generation)
    if object.startOrdinal != 0 { series.add("ordinals_start", object.startOrdinal) }
    series.add("replicas", object.replicas)
    series.add("status_observed_generation", status.observedGeneration)
    series.add("status_current_revision", 1, ("revision", status.currentRevision))
    series.add("status_replicas", status.replicas)
    series.add("status_replicas_available", status.availableReplicas)
    series.add("status_replicas_current", status.currentReplicas)
    series.add("status_replicas_ready", status.readyReplicas)
    series.add("status_replicas_updated", status.updatedReplicas)
    series.add("status_update_revision", 1, ("revision", status.updateRevision))
    series.add(labels: meta.labels, of: "statefulsets", allowed: options.labels)
    return series.exposition
  }
}

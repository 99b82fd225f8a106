import ClusterAPI

extension KubeState {
  private static let shape = ObjectFamilies("kube_replicaset", ["namespace", "replicaset"])

  static let replicaSetFamilies: [MetricFamily] = [
    shape.created,
    shape.kubernetesLabels,
    shape.generation,
    shape.observedGeneration,
    shape.owner,
    shape.gauge("spec_replicas", "how many pods are wanted"),
    shape.gauge(
      "status_fully_labeled_replicas", "how many pods have all labels of the template: all of them"),
    shape.gauge("status_ready_replicas", "how many pods are ready"),
    shape.gauge("status_replicas", "how many pods there are, without terminating ones"),
    shape.gauge("status_terminating_replicas", "how many pods are terminating"),
  ]

  static func expose(
    _ object: ReplicaSet, _ epoch: Int64, _ options: Options
  ) -> Exposition {
    let (meta, status) = (object.meta, object.status)
    var series = ObjectSeries(
      shape, [meta.namespace, meta.name], epoch: epoch, options)
    series.add("created", at: meta.creationTimestamp)
    series.add(ownerKind: meta.owner?.kind.name, name: meta.owner?.name)
    series.add("metadata_generation", meta.generation)
    series.add("spec_replicas", object.spec.replicas)
    series.add("status_observed_generation", status.observedGeneration)
    // A pod's labels never change here, so none has lost a label of its template.
    series.add("status_fully_labeled_replicas", status.replicas)
    series.add("status_ready_replicas", status.readyReplicas)
    series.add("status_replicas", status.replicas)
    series.add("status_terminating_replicas", status.terminatingReplicas)
    series.add(labels: meta.labels, of: "replicasets", allowed: options.labels)
    return series.exposition
  }
}

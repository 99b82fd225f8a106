import ClusterAPI

extension KubeState {
  private static let shape = ObjectFamilies(
    "kube_poddisruptionbudget", ["namespace", "poddisruptionbudget"])

  static let disruptionBudgetFamilies: [MetricFamily] = [
    shape.created,
    shape.kubernetesLabels,
    shape.observedGeneration,
    shape.gauge("status_current_healthy", "how many of its pods are ready"),
    shape.gauge("status_desired_healthy", "how many of its pods have to stay ready"),
    shape.gauge("status_expected_pods", "how many pods it counts"),
    shape.gauge("status_pod_disruptions_allowed", "how many of its pods may be evicted now"),
  ]

  static func expose(
    _ object: PodDisruptionBudget, _ epoch: Int64, _ options: Options
  ) -> Exposition {
    let (meta, status) = (object.meta, object.status)
    var series = ObjectSeries(
      shape, [meta.namespace, meta.name], epoch: epoch, options)
    series.add("created", at: meta.creationTimestamp)
    series.add("status_current_healthy", status.currentHealthy)
    series.add("status_desired_healthy", status.desiredHealthy)
    series.add("status_expected_pods", status.expectedPods)
    series.add("status_observed_generation", status.observedGeneration)
    series.add("status_pod_disruptions_allowed", status.disruptionsAllowed)
    series.add(labels: meta.labels, of: "poddisruptionbudgets", allowed: options.labels)
    return series.exposition
  }
}

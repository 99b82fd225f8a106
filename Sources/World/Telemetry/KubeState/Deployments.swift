import ClusterAPI

extension KubeState {
  private static let shape = ObjectFamilies("kube_deployment", ["namespace", "deployment"])

  static let deploymentFamilies: [MetricFamily] = [
    shape.created,
    shape.kubernetesLabels,
    shape.generation,
    shape.observedGeneration,
    shape.gauge(
      "owner", "1; who owns the object, with empty labels where nobody does",
      ["owner_kind", "owner_name"]),
    shape.gauge("spec_paused", "1: changes of its template are not rolled out"),
    shape.gauge("spec_replicas", "how many pods are wanted"),
    shape.gauge(
      "spec_strategy_rollingupdate_max_surge",
      "how many pods an update may have above the wanted number, rounded up"),
    shape.gauge(
      "spec_strategy_rollingupdate_max_unavailable",
      "how many pods may be unavailable in an update, rounded down"),
    shape.gauge(
      "status_condition", "1 for the status that a condition has, 0 for the others",
      ["condition", "reason", "status"]),
    shape.gauge("status_replicas", "how many pods there are, without terminating ones"),
    shape.gauge("status_replicas_available", "how many pods have been ready for minReadySeconds"),
    shape.gauge("status_replicas_ready", "how many pods are ready"),
    shape.gauge("status_replicas_unavailable", "how many pods are missing for all to be available"),
    shape.gauge("status_replicas_updated", "how many pods have the current template"),
    shape.gauge("status_terminating_replicas", "how many pods are terminating"),
  ]

  /// Reasons that stand in the label; another one is `unknown`.
  private static let reasons = [
    "", "DeploymentPaused", "DeploymentResumed", "FoundNewReplicaSet", "MinimumReplicasAvailable",
    "MinimumReplicasUnavailable", "NewReplicaSetAvailable", "NewReplicaSetCreated",
    "ProgressDeadlineExceeded", "ReplicaSetCreateError", "ReplicaSetUpdated",
  ]

  static func expose(
    _ object: Deployment, _ epoch: Int64, _ options: Options
  ) -> Exposition {
    let (meta, spec, status) = (object.meta, object.spec, object.status)
    var series = ObjectSeries(
      shape, [meta.namespace, meta.name], epoch: epoch, options)
    series.add("created", at: meta.creationTimestamp)
    series.add(
      "owner", 1, ("owner_kind", meta.owner?.kind.name ?? ""),
      ("owner_name", meta.owner?.name ?? ""))
    series.add("metadata_generation", meta.generation)
    series.add("spec_paused", spec.paused)
    series.add("spec_replicas", spec.replicas)
    if spec.strategy.kind == .rollingUpdate {
      let total = Int64(spec.replicas)
      if let surge = try? spec.strategy.maxSurge.scaled(total: total, roundUp: true) {
        series.add("spec_strategy_rollingupdate_max_surge", surge)
      }
      if let share = try? spec.strategy.maxUnavailable.scaled(total: total, roundUp: false) {
        series.add("spec_strategy_rollingupdate_max_unavailable", share)
      }
    }
    series.add("status_observed_generation", status.observedGeneration)
    series.add("status_replicas", status.replicas)
    series.add("status_replicas_available", status.availableReplicas)
    series.add("status_replicas_ready", status.readyReplicas)
    series.add("status_replicas_unavailable", status.unavailableReplicas)
    series.add("status_replicas_updated", status.updatedReplicas)
    series.add("status_terminating_replicas", status.terminatingReplicas)
    for condition in status.conditions {
      let reason = reasons.contains(condition.reason) ? condition.reason : "unknown"
      series.add(
        "status_condition", status: condition.status, ("condition", condition.type),
        ("reason", reason))
    }
    series.add(labels: meta.labels, of: "deployments", allowed: options.labels)
    return series.exposition
  }
}

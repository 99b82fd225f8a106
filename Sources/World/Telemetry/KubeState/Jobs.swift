import ClusterAPI

extension KubeState {
  private static let shape = ObjectFamilies("kube_job", ["namespace", "job_name"])

  static let jobFamilies: [MetricFamily] = [
    shape.created,
    shape.kubernetesLabels,
    shape.owner,
    shape.gauge(
      "complete", "1 for the status of the condition Complete, 0 for the others", ["condition"]),
    shape.gauge(
      "failed", "1 for the status of the condition Failed, 0 for the others", ["condition"]),
    shape.gauge("info", "1"),
    shape.gauge(
      "spec_active_deadline_seconds", "how long the job may be active, in seconds"),
    shape.gauge("spec_completions", "how many pods have to succeed"),
    shape.gauge("spec_parallelism", "how many pods may run at once"),
    shape.gauge("status_active", "how many pods are pending or running"),
    shape.gauge("status_completion_time", "when the job was complete, in Unix seconds"),
    shape.gauge(
      "status_failed",
      "how many pods have failed; 1 under the reason for which the job failed, once there is one",
      ["reason"]),
    shape.gauge("status_ready", "how many pods are ready"),
    shape.gauge("status_start_time", "when the controller took the job up, in Unix seconds"),
    shape.gauge("status_succeeded", "how many pods have succeeded"),
    shape.gauge("status_suspended", "1: the condition Suspended is true"),
  ]

  private static let failureReasons = ["BackoffLimitExceeded", "DeadlineExceeded", "Evicted"]

  static func expose(_ object: Job, _ epoch: Int64, _ options: Options) -> Exposition {
    let (meta, status) = (object.meta, object.status)
    var series = ObjectSeries(
      shape, [meta.namespace, meta.name], epoch: epoch, options)
    series.add("info", 1)
    series.add("created", at: meta.creationTimestamp)
    series.add(ownerKind: meta.owner?.kind.name, name: meta.owner?.name)
    series.add("spec_parallelism", object.parallelism)
    if let completions = object.completions { series.add("spec_completions", completions) }
    if let deadline = object.activeDeadlineSeconds {
      series.add("spec_active_deadline_seconds", deadline)
    }
    series.add("status_active", status.active)
    series.add("status_ready", status.ready)
    series.add("status_succeeded", status.succeeded)
    addFailed(status, to: &series)
    series.add("status_start_time", at: status.startTime)
    series.add("status_completion_time", at: status.completionTime)
    for condition in status.conditions {
      switch condition.type {
      case "Complete": series.add("complete", status: condition.status, under: "condition")
      case "Failed": series.add("failed", status: condition.status, under: "condition")
      case "Suspended": series.add("status_suspended", condition.status == .yes)
      default: break
      }
    }
    series.add(labels: meta.labels, of: "jobs", allowed: options.labels)
    return series.exposition
  }

  /// The number of failed pods until the job itself has failed for one of the known reasons; then
  /// these reasons as words.
  private static func addFailed(_ status: JobStatus, to series: inout ObjectSeries) {
    let failure = status.conditions.first { $0.type == "Failed" }
    if status.failed > 0, let failure {
      series.add("status_failed", oneOf: failureReasons, under: "reason") { $0 == failure.reason }
      if failureReasons.contains(failure.reason) { return }
    }
    series.add("status_failed", status.failed)
  }
}

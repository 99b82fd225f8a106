import ClusterAPI
import Units

/// The limits of a guard, measured.
enum GuardLimits {
  typealias GuardPass = Pass<RollbackGuardController.Input, RollbackGuardController.Memory>

  /// The first limit that the present revision breaks, judged by its own pods and their requests.
  static func broken(by set: ReplicaSet, _ pass: inout GuardPass) throws(Suspended) -> Reason? {
    let (rule, deployment) = (pass.input.rule, pass.input.deployment)
    let status = deployment.status
    if let progressing = status.conditions.first(where: { $0.type == "Progressing" }),
      progressing.reason == "ProgressDeadlineExceeded"
    {
      return .progressDeadlineExceeded(
        deadlineSeconds: deployment.spec.progressDeadlineSeconds ?? 0,
        updated: status.updatedReplicas, available: status.availableReplicas,
        wanted: deployment.spec.replicas)
    }
    if pass.input.restarts >= rule.restartThreshold {
      return .crashLooping(
        pods: pass.input.restartingPods, restarts: pass.input.restarts,
        threshold: rule.restartThreshold)
    }
    if let reason = try brokenObjective(of: set.meta.name, &pass) { return reason }
    return try brokenMeasurement(of: set.meta.name, &pass)
  }

  /// The first objective that is broken.
  ///
  /// - Parameter replicaSet: whose pods' answers count; nil: those of all of the services.
  static func brokenObjective(
    of replicaSet: String?, _ pass: inout GuardPass
  ) throws(Suspended) -> Reason? {
    for objective in pass.input.rule.objectives {
      let queries = ObjectiveQueries(objective, pass.input.rule.metrics, replicaSet: replicaSet)
      guard let value = try pass.measure(queries.value), value.isFinite else { continue }
      guard let count = try pass.measure(queries.count), count.isFinite else { continue }
      let requests = Int64(count.rounded())
      guard requests >= objective.minimumRequests else { continue }
      if let reason = judge(objective, Int64((value * queries.unit).rounded()), requests) {
        return reason
      }
    }
    return nil
  }

  private static func judge(
    _ objective: RollbackGuard.Objective, _ value: Int64, _ requests: Int64
  ) -> Reason? {
    switch objective.limit {
    case .errorRatio(let threshold):
      guard value > threshold.ppm else { return nil }
      return .errorRatioExceeded(
        service: objective.service, measured: Ratio(ppm: value), threshold: threshold,
        window: objective.window, requests: requests)
    case .latency(let quantile, let threshold):
      guard value > threshold.ns else { return nil }
      return .latencyExceeded(
        service: objective.service, quantile: quantile, measured: Span(ns: value),
        threshold: threshold, window: objective.window, requests: requests)
    }
  }

  /// The first query of the user whose answer does not keep its bound.
  private static func brokenMeasurement(
    of replicaSet: String, _ pass: inout GuardPass
  ) throws(Suspended) -> Reason? {
    let rule = pass.input.rule
    for measurement in rule.measurements {
      let text = try? ObjectiveQueries.fill(
        measurement.query, deployment: rule.deployment, replicaSet: replicaSet,
        window: measurement.window)
      guard let text, let value = try pass.measure(text), !value.isNaN,
        !measurement.bound.holds(value)
      else { continue }
      return .queryBroken(query: text, measured: value, bound: measurement.bound)
    }
    return nil
  }
}

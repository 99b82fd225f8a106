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
    let key = ObjectKey(.replicaSet, namespace: set.meta.namespace, name: set.meta.name)
    return try brokenObjective(of: key, &pass)
  }

  /// The first objective that is broken.
  ///
  /// - Parameter replicaSet: whose pods' answers count; nil: what the services' clients see.
  static func brokenObjective(
    of replicaSet: ObjectKey?, _ pass: inout GuardPass
  ) throws(Suspended) -> Reason? {
    for objective in pass.input.rule.objectives {
      let measure: ObjectiveQuery.Measure =
        switch objective.limit {
        case .errorRatio: .errorRatio
        case .latency(let quantile, _): .latencyQuantile(quantile)
        }
      let answer = try pass.objective(
        ObjectiveQuery(
          service: objective.service, measure: measure, window: objective.window,
          replicaSet: replicaSet))
      if let reason = judge(objective, answer) { return reason }
    }
    return nil
  }

  private static func judge(
    _ objective: RollbackGuard.Objective, _ answer: ObjectiveAnswer
  ) -> Reason? {
    guard let value = answer.value, answer.requests >= objective.minimumRequests else { return nil }
    switch objective.limit {
    case .errorRatio(let threshold):
      guard value > threshold.ppm else { return nil }
      return .errorRatioExceeded(
        service: objective.service, measured: Ratio(ppm: value), threshold: threshold,
        window: objective.window, requests: answer.requests)
    case .latency(let quantile, let threshold):
      guard value > threshold.ns else { return nil }
      return .latencyExceeded(
        service: objective.service, quantile: quantile, measured: Span(ns: value),
        threshold: threshold, window: objective.window, requests: answer.requests)
    }
  }
}

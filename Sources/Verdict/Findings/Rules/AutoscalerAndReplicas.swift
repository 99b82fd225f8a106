import ClusterAPI

/// A manifest says `replicas` though an autoscaler sets them: each apply takes back what it has scaled.
enum AutoscalerAndReplicas: FindingRule {
  static let id = "autoscaler-and-replicas"
  static let title = "each apply resets what an autoscaler has scaled"

  static func find(in workload: ExaminedWorkload, _ trials: any Trials) -> [RehearsalFinding] {
    let declares: Bool
    switch workload.object {
    case .deployment(let it): declares = it.spec.declaresReplicas
    case .statefulSet(let it): declares = it.declaresReplicas
    default: return []
    }
    guard declares, let autoscaler = workload.autoscalers.first, autoscaler.maxReplicas > 1 else {
      return []
    }
    let least = autoscaler.minReplicas ?? 1
    let wanted = workload.replicas
    return [
      finding(
        .warning, workload.key,
        "the manifest says \(wanted) \(wanted == 1 ? "replica" : "replicas") and "
          + "horizontalpodautoscaler/\(autoscaler.meta.name) sets \(least) to \(autoscaler.maxReplicas): "
          + "each apply goes back to \(wanted) until the autoscaler has seen it",
        .when("if more than \(wanted) are needed when it is applied"))
    ]
  }
}

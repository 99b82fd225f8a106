import ClusterAPI
import Units
import World

/// A budget that allows no eviction while all pods are healthy: a node with such a pod is never drained.
enum DrainBlocked: FindingRule {
  static let id = "drain-blocked"
  static let title = "a disruption budget blocks every drain"

  static func find(in workload: ExaminedWorkload, _ trials: any Trials) -> [RehearsalFinding] {
    guard !workload.budgets.isEmpty, workload.isUpdatable else { return [] }
    let trace = trials.run(workload, .drain)
    let refused = trace.refusedEvictions
    guard refused.untilTheEnd else { return [] }
    var finding = finding(
      .warning, workload.key,
      "the drain of a node is refused \(refused.count) times in "
        + "\(Figures.span(trace.end - trace.changeAt)) and does not end: \(refused.message)")
    finding.figures = [.init("evictions refused", "\(refused.count)")]
    finding.moments = trace.moments
    if let budget = workload.budgets.first {
      let key = ClusterObject.podDisruptionBudget(budget).key
      if workload.replicas > 1 {
        finding.remedies.append(
          .spec(
            "a budget that lets one pod go", key,
            [.init("minAvailable", .null), .init("maxUnavailable", .integer(1))]))
      } else if workload.object.kind == .deployment {
        finding.remedies.append(
          .spec("a second pod", workload.key, [.init("replicas", .integer(2))]))
      }
    }
    return [finding]
  }
}

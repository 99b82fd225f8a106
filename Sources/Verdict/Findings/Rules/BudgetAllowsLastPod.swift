import ClusterAPI
import Control
import Units

/// A budget that lets all pods be evicted at once when there are as few as there may be.
enum BudgetAllowsLastPod: FindingRule {
  static let id = "budget-allows-last-pod"
  static let title = "a disruption budget lets the last pod be evicted"

  static func find(in workload: ExaminedWorkload, _ trials: any Trials) -> [RehearsalFinding] {
    // A budget that lets more than a thousand pods go at a time is no matter of rounding.
    guard workload.isLasting, !workload.isDaemonSet, (1...1000).contains(workload.fewest) else {
      return []
    }
    return workload.budgets.compactMap { budget in
      guard budget.minAvailable != nil || budget.maxUnavailable != nil,
        let allowed = disruptions(budget, pods: workload.fewest), allowed >= workload.fewest
      else { return nil }
      let count = workload.fewest
      let rule =
        budget.maxUnavailable.map { "maxUnavailable \($0)" }
        ?? "minAvailable \(budget.minAvailable.map(\.description) ?? "0")"
      let isShare = if case .string = budget.maxUnavailable { true } else { false }
      var found = finding(
        isShare || count > 1 ? .warning : .note, ClusterObject.podDisruptionBudget(budget).key,
        part: workload.key.short,
        "\(rule) of \(count) \(count == 1 ? "pod" : "pods") of \(workload.key.short) lets \(allowed) be "
          + "evicted at a time\(isShare ? " (percentages are rounded up)" : ""): a drain may take all of "
          + "them",
        workload.autoscalers.isEmpty
          ? .always
          : .when(count == 1 ? "if there is only 1 pod" : "if there are only \(count) pods"))
      found.remedies = [
        .spec(
          "a budget that keeps one pod", found.object,
          [.init("minAvailable", .integer(1)), .init("maxUnavailable", .null)])
      ]
      return found
    }
  }

  /// What the disruption controller allows when all pods are ready.
  private static func disruptions(_ budget: PodDisruptionBudget, pods: Int) -> Int? {
    let status = try? DisruptionBudget.status(
      minAvailable: budget.minAvailable, maxUnavailable: budget.maxUnavailable,
      pods: Array(repeating: .init(isReady: true, replicaSet: 0), count: pods),
      replicaSetSizes: [Int64(pods)], now: .zero)
    return status.map { Int($0.disruptionsAllowed) }
  }
}

import ClusterAPI

/// The selector of a disruption budget chooses no pods, though it nearly chooses some.
enum BudgetSelectsNothing: FindingRule {
  static let id = "budget-selects-nothing"
  static let title = "a disruption budget protects no pods"

  static func find(in tree: ExaminedTree) -> [RehearsalFinding] {
    let workloads = tree.workloads
    return tree.objects.compactMap { object in
      guard case .podDisruptionBudget(let budget) = object, let selector = budget.selector,
        !selector.matchLabels.isEmpty, selector.matchExpressions.isEmpty
      else { return nil }
      let local = workloads.filter { $0.namespace == budget.meta.namespace }
      if local.contains(where: { selector.matches($0.template.labels) }) { return nil }
      if tree.madeElsewhere.contains(where: { selector.matches($0) }) { return nil }
      guard
        let near = NearSelector.workload(
          named: budget.meta.name, selector.matchLabels, among: local)
      else { return nil }
      let labels = NearSelector.missing(selector.matchLabels, near)
      return finding(
        .warning, object.key, part: near.key.short,
        "its selector chooses no pods of the manifests: those of \(near.key.short) have not \(labels), and "
          + "are evicted without a limit", .when("unless other pods have these labels"))
    }
  }
}

import ClusterAPI

/// The selector of a Service chooses no pods, though it nearly chooses some.
enum ServiceSelectsNothing: FindingRule {
  static let id = "service-selects-nothing"
  static let title = "a Service selects no pods"

  static func find(in tree: ExaminedTree) -> [RehearsalFinding] {
    let workloads = tree.workloads
    return tree.objects.compactMap { object in
      guard case .service(let service) = object, let selector = service.selector, !selector.isEmpty,
        service.type != "ExternalName"
      else { return nil }
      let wanted = LabelSelector(matchLabels: selector)
      let local = workloads.filter { $0.namespace == service.meta.namespace }
      if local.contains(where: { wanted.matches($0.template.labels) }) { return nil }
      if tree.madeElsewhere.contains(where: { wanted.matches($0) }) { return nil }
      guard let near = NearSelector.workload(named: service.meta.name, selector, among: local)
      else {
        return nil
      }
      let labels = NearSelector.missing(selector, near)
      return finding(
        .warning, object.key, part: near.key.short,
        "its selector chooses no pods of the manifests: those of \(near.key.short) have not \(labels)",
        .when("unless other pods have these labels"))
    }
  }
}

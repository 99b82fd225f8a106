import ClusterAPI

/// Which workload a selector that matches nothing was most likely meant for.
enum NearSelector {
  /// The one with the name of the selector's owner, else one that shares a telling label with it; nil: none
  /// is near.
  static func workload(
    named name: String, _ selector: Labels, among workloads: [ExaminedWorkload]
  ) -> ExaminedWorkload? {
    if let named = workloads.first(where: { $0.key.name == name }) { return named }
    return workloads.first { workload in
      telling.contains { key in
        selector[key] != nil && selector[key] == workload.template.labels[key]
      }
    }
  }

  /// What the selector asks for and the pods do not have.
  static func missing(_ selector: Labels, _ workload: ExaminedWorkload) -> String {
    selector.filter { workload.template.labels[$0.key] != $0.value }
      .map { "\($0.key)=\($0.value)" }.joined(separator: ", ")
  }

  /// Labels that name one application, as none of a whole product does.
  private static let telling = ["app.kubernetes.io/name", "k8s-app", "name", "run", "app"]
}

extension ExaminedTree {
  /// Labels of pods that objects of other kinds make from a template.
  var madeElsewhere: [Labels] {
    objects.compactMap { object in
      guard case .opaque(let it) = object else { return nil }
      let spec = it.document["spec"]
      let job = spec?["jobTemplate"]?["spec"]
      let labels = (job ?? spec)?["template"]?["metadata"]?["labels"]?.fields ?? []
      return Labels(labels.compactMap { field in field.value.text.map { (field.key, $0) } })
    }
  }
}

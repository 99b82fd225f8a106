import ClusterAPI

/// Two autoscalers set the same workload: each undoes what the other one does.
enum TwoAutoscalers: FindingRule {
  static let id = "two-autoscalers"
  static let title = "two autoscalers set one workload"

  static func find(in workload: ExaminedWorkload, _ trials: any Trials) -> [RehearsalFinding] {
    let names = workload.autoscalers.map { "horizontalpodautoscaler/\($0.meta.name)" }
    let others = workload.tree.objects.compactMap { object -> OpaqueObject? in
      if case .opaque(let it) = object, targets(it, workload) { it } else { nil }
    }
    let scaled = others.filter { $0.kind.name == "ScaledObject" }
    let horizontal = names + scaled.map { "scaledobject/\($0.meta.name)" }
    if horizontal.count > 1 {
      return [
        finding(
          .error, workload.key,
          "\(horizontal.joined(separator: " and ")) set its replicas: each takes back what the other one has "
            + "scaled")
      ]
    }
    guard let name = names.first,
      let vertical = others.first(where: {
        $0.kind.name == "VerticalPodAutoscaler"
          && $0.document["spec"]?["updatePolicy"]?["updateMode"]?.text != "Off"
      }),
      workload.autoscalers.contains(where: { $0.metrics.contains(where: isOfUse) })
    else { return [] }
    return [
      finding(
        .warning, workload.key,
        "\(name) scales it by use in per cent of the requests, which verticalpodautoscaler/"
          + "\(vertical.meta.name) changes: both answer to the same load",
        .when("unless the vertical one leaves that resource alone"))
    ]
  }

  private static func isOfUse(_ metric: MetricTarget) -> Bool {
    if case .utilization = metric.target { true } else { false }
  }

  private static func targets(_ object: OpaqueObject, _ workload: ExaminedWorkload) -> Bool {
    guard ["ScaledObject", "VerticalPodAutoscaler"].contains(object.kind.name) else { return false }
    let spec = object.document["spec"]
    let target = spec?["scaleTargetRef"] ?? spec?["targetRef"]
    let namespace = object.meta.namespace.isEmpty ? "default" : object.meta.namespace
    return namespace == workload.namespace && target?["name"]?.text == workload.key.name
      && (target?["kind"]?.text ?? "Deployment") == workload.key.kind.name
  }
}

import ClusterAPI
import YAML

extension KindReader {
  static let podDisruptionBudget = KindReader(
    .podDisruptionBudget, "policy/v1", removed: ["policy/v1beta1"],
    initial: PodDisruptionBudget(meta: ObjectMeta(name: "")),
    unmodelled: \.unmodelled, as: { .podDisruptionBudget($0) },
    table: Table {
      $0.header(\.meta)
      $0.inside("spec", spec)
    }
  ) { budget, node, reading in
    let spec = node["spec"]
    if budget.minAvailable != nil, budget.maxUnavailable != nil {
      reading.at(.key("spec")) {
        $0.report(
          .error, at: spec?["maxUnavailable"] ?? node,
          "has `minAvailable` and `maxUnavailable`, but may have one only",
          remedy: "remove one of them")
      }
    }
    if reading.apiVersion == "policy/v1beta1", budget.selector == LabelSelector() {
      // Of that version an empty selector chooses no pod; of its successor every one.
      budget.selector = nil
      reading.at(.key("spec")) {
        $0.report(
          .note, at: spec?["selector"] ?? node,
          "an empty selector chooses no pod in policy/v1beta1, but every pod in policy/v1",
          remedy: "it is read as choosing none")
      }
    }
  }

  private static let spec = Table<PodDisruptionBudget> {
    $0.field("selector", \.selector, Shapes.labelSelector)
    $0.field("minAvailable", \.minAvailable, .podCount)
    $0.field("maxUnavailable", \.maxUnavailable, .podCount)
    $0.field(
      "unhealthyPodEvictionPolicy", \.unhealthyPodEvictionPolicy,
      .word(of: ["IfHealthyBudget", "AlwaysAllow"]))
  }
}

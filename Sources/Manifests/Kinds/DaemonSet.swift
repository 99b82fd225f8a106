import ClusterAPI

extension KindReader {
  static let daemonSet = KindReader(
    .daemonSet, "apps/v1", removed: ["apps/v1beta2", "extensions/v1beta1"],
    initial: DaemonSet(
      meta: ObjectMeta(name: ""), selector: LabelSelector(), template: Shapes.emptyTemplate),
    unmodelled: \.unmodelled, as: { .daemonSet($0) },
    table: Table {
      $0.header(\.meta)
      $0.inside("spec", required: true, spec)
    }
  ) { daemonSet, node, reading in
    reading.finishWorkload(&daemonSet.selector, daemonSet.template, node)
  }

  private static let spec = Table<DaemonSet> {
    $0.field("selector", \.selector, Shapes.labelSelector)
    $0.field("template", \.template, Shapes.podTemplate, required: true)
    $0.inside(
      "updateStrategy",
      Table {
        $0.field("type", \.updateStrategy, .word(of: ["RollingUpdate", "OnDelete"]))
        $0.inside(
          "rollingUpdate",
          Table {
            $0.field("maxUnavailable", \.maxUnavailable, .podCount)
            $0.field("maxSurge", \.maxSurge, .podCount)
          })
      })
    $0.field("minReadySeconds", \.minReadySeconds, .count)
    $0.field("revisionHistoryLimit", \.revisionHistoryLimit, .count)
    $0.kept("templateGeneration")
  }
}

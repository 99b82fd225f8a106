import ClusterAPI
import YAML

extension KindReader {
  static let statefulSet = KindReader(
    .statefulSet, "apps/v1", removed: ["apps/v1beta2", "apps/v1beta1"],
    initial: StatefulSet(
      meta: ObjectMeta(name: ""), selector: LabelSelector(), template: Shapes.emptyTemplate),
    unmodelled: \.unmodelled, as: { .statefulSet($0) },
    table: Table {
      $0.header(\.meta)
      $0.inside("spec", required: true, spec)
    }
  ) { statefulSet, node, reading in
    statefulSet.declaresReplicas = node["spec"]?["replicas"].map { !$0.isNull } ?? false
    reading.finishWorkload(&statefulSet.selector, statefulSet.template, node)
  }

  private static let spec = Table<StatefulSet> {
    $0.field("replicas", \.replicas, .count)
    $0.field("serviceName", \.serviceName, .string)
    $0.field("selector", \.selector, Shapes.labelSelector)
    $0.field("template", \.template, Shapes.podTemplate, required: true)
    $0.field("podManagementPolicy", \.podManagementPolicy, .word(of: ["OrderedReady", "Parallel"]))
    $0.inside(
      "updateStrategy",
      Table {
        $0.field("type", \.updateStrategy, .word(of: ["RollingUpdate", "OnDelete"]))
        $0.inside(
          "rollingUpdate",
          Table {
            $0.field("partition", \.partition, .count)
            $0.field("maxUnavailable", \.maxUnavailable, .podCount)
          })
      })
    $0.field("minReadySeconds", \.minReadySeconds, .count)
    $0.field("revisionHistoryLimit", \.revisionHistoryLimit, .count)
    $0.field("volumeClaimTemplates", \.volumeClaimTemplates, .list(of: Shapes.claimTemplate))
    $0.inside("ordinals", Table { $0.field("start", \.startOrdinal, .count) })
    $0.kept("persistentVolumeClaimRetentionPolicy")
  }
}

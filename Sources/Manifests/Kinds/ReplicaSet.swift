import ClusterAPI

extension KindReader {
  static let replicaSet = KindReader(
    .replicaSet, "apps/v1", removed: ["apps/v1beta2", "extensions/v1beta1"],
    initial: ReplicaSet(
      meta: ObjectMeta(name: ""),
      spec: ReplicaSetSpec(
        replicas: 1, selector: LabelSelector(), template: Shapes.emptyTemplate)),
    unmodelled: \.unmodelled, as: { .replicaSet($0) },
    table: Table {
      $0.header(\.meta)
      $0.nested(
        "spec", \.spec, required: true,
        Table {
          $0.field("replicas", \.replicas, .count)
          $0.field("minReadySeconds", \.minReadySeconds, .count)
          $0.field("selector", \.selector, Shapes.labelSelector)
          $0.field("template", \.template, Shapes.podTemplate, required: true)
        })
    }
  ) { replicaSet, node, reading in
    reading.finishWorkload(&replicaSet.spec.selector, replicaSet.spec.template, node)
  }
}

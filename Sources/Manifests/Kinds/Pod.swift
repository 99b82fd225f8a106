import ClusterAPI

extension KindReader {
  static let pod = KindReader(
    .pod, "v1", initial: Pod(meta: ObjectMeta(name: ""), spec: PodSpec(containers: [])),
    unmodelled: \.unmodelled, as: { .pod($0) },
    table: Table {
      $0.header(\.meta)
      $0.nested("spec", \.spec, required: true, Shapes.podSpecTable)
    })
}

import ClusterAPI

extension KindReader {
  static let namespace = KindReader(
    .namespace, "v1", isNamespaced: false, initial: Namespace(meta: ObjectMeta(name: "")),
    unmodelled: \.unmodelled, as: { .namespace($0) },
    table: Table {
      $0.header(\.meta)
      $0.kept("spec")
    })
}

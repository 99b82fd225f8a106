import ClusterAPI

extension KindReader {
  static let configMap = KindReader(
    .configMap, "v1", initial: ConfigData(meta: ObjectMeta(name: ""), data: [:]),
    unmodelled: \.unmodelled, as: { .configMap($0) },
    table: Table {
      $0.header(\.meta)
      $0.field("data", \.data, .labels)
      $0.field("binaryData", \.binaryData, .labels)
      $0.field("immutable", \.immutable, .boolean)
    })
}

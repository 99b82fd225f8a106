import ClusterAPI

extension KindReader {
  /// `stringData` is the data as text; `data` stays in base64, as it stands in the manifest.
  static let secret = KindReader(
    .secret, "v1", initial: ConfigData(meta: ObjectMeta(name: ""), data: [:]),
    unmodelled: \.unmodelled, as: { .secret($0) },
    table: Table {
      $0.header(\.meta)
      $0.field("stringData", \.data, .labels)
      $0.field("data", \.binaryData, .labels)
      $0.field("immutable", \.immutable, .boolean)
      $0.field("type", \.type, .string)
    }
  ) { secret, _, _ in
    if secret.type == nil { secret.type = "Opaque" }
    // The API server writes `stringData` over `data`.
    let text = secret.data
    secret.binaryData = Labels(
      secret.binaryData.filter { text[$0.key] == nil }.map { ($0.key, $0.value) })
  }
}

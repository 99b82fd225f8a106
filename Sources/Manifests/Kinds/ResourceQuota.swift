import ClusterAPI

extension KindReader {
  static let resourceQuota = KindReader(
    .resourceQuota, "v1", initial: ResourceQuota(meta: ObjectMeta(name: "")),
    unmodelled: \.unmodelled, as: { .resourceQuota($0) },
    table: Table {
      $0.header(\.meta)
      $0.inside(
        "spec",
        Table {
          $0.field("hard", \.hard, .resources)
          $0.field("scopes", \.scopes, .strings)
          $0.kept("scopeSelector")
        })
    })
}

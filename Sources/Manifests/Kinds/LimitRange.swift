import ClusterAPI

extension KindReader {
  static let limitRange = KindReader(
    .limitRange, "v1", initial: LimitRange(meta: ObjectMeta(name: "")),
    unmodelled: \.unmodelled, as: { .limitRange($0) },
    table: Table {
      $0.header(\.meta)
      $0.inside(
        "spec", required: true,
        Table { $0.field("limits", \.limits, .list(of: item), required: true) })
    })

  private static let item = Codec.object(
    LimitRange.Item(type: ""),
    Table {
      $0.field("type", \.type, .string, required: true)
      $0.field("default", \.defaultLimits, .resources)
      $0.field("defaultRequest", \.defaultRequests, .resources)
      $0.field("min", \.minimum, .resources)
      $0.field("max", \.maximum, .resources)
      $0.field("maxLimitRequestRatio", \.maxLimitRequestRatio, .resources)
    }
  ) { item, _, _ in
    // `SetDefaults_LimitRangeItem`
    guard item.type == "Container" else { return }
    item.defaultLimits.add(item.maximum)
    item.defaultRequests.add(item.defaultLimits)
    item.defaultRequests.add(item.minimum)
  }
}

extension ResourceList {
  /// Takes the resources that are not there yet.
  fileprivate mutating func add(_ others: ResourceList) {
    for (resource, amount) in others where self[resource] == nil { self[resource] = amount }
  }
}

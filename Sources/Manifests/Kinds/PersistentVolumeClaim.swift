import ClusterAPI

extension KindReader {
  static let persistentVolumeClaim = KindReader(
    .persistentVolumeClaim, "v1", initial: PersistentVolumeClaim(meta: ObjectMeta(name: "")),
    unmodelled: \.unmodelled, as: { .persistentVolumeClaim($0) },
    table: Table {
      $0.header(\.meta)
      $0.inside("spec", required: true, Shapes.claimSpec)
    })
}

extension Shapes {
  /// An element of `volumeClaimTemplates`; what is not simulated stays with the StatefulSet.
  static let claimTemplate = Codec.object(
    PersistentVolumeClaim(meta: ObjectMeta(name: "")),
    Table {
      $0.header(\.meta)
      $0.inside("spec", claimSpec)
    })

  fileprivate static let claimSpec = Table<PersistentVolumeClaim> {
    $0.field("accessModes", \.accessModes, .list(of: .word(of: accessModes)))
    $0.field("storageClassName", \.storageClassName, .string)
    $0.field("volumeName", \.volumeName, .string)
    $0.field("volumeMode", \.volumeMode, .word(of: ["Filesystem", "Block"]))
    $0.nested("resources", \.resources, resourceRequirements)
    $0.kept("dataSource", "dataSourceRef", "selector", "volumeAttributesClassName")
  }

  private static let accessModes = [
    "ReadWriteOnce", "ReadOnlyMany", "ReadWriteMany", "ReadWriteOncePod",
  ]
}

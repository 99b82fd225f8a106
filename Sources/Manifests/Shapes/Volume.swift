import ClusterAPI

extension Shapes {
  static let volume = Codec.object(
    Volume(name: "", source: .emptyDir),
    Table {
      $0.field("name", \.name, .string, required: true)
      $0.field(
        "configMap", \.source, localReference(.configMap).map { .reference($0) })
      $0.field(
        "secret", \.source, localReference(.secret, nameKey: "secretName").map { .reference($0) })
      $0.field("persistentVolumeClaim", \.source, claim)
      $0.field(
        "emptyDir", \.source,
        .object(Volume.Source.emptyDir, Table { $0.kept("medium", "sizeLimit") }))
      for key in otherSources {
        $0.custom(key) { volume, node, reading in
          volume.source = .other(key)
          // The key itself is consumed; its content is kept.
          reading.keepContent(node)
        }
      }
    })

  private struct Claim: Sendable {
    var name = ""
    var readOnly = false
  }

  private static let claim = Codec.object(
    Claim(),
    Table {
      $0.field("claimName", \.name, .string, required: true)
      $0.field("readOnly", \.readOnly, .boolean)
    }
  ).map { Volume.Source.persistentVolumeClaim(name: $0.name, readOnly: $0.readOnly) }

  private static let otherSources = [
    "awsElasticBlockStore", "azureDisk", "azureFile", "cephfs", "cinder", "csi", "downwardAPI",
    "ephemeral", "fc", "flexVolume", "flocker", "gcePersistentDisk", "gitRepo", "glusterfs",
    "hostPath", "image", "iscsi", "nfs", "photonPersistentDisk", "portworxVolume", "projected",
    "quobyte", "rbd", "scaleIO", "storageos", "vsphereVolume",
  ]
}

extension Codec {
  /// The same without the node and the reading.
  func map<Other>(_ transform: @escaping @Sendable (Value) -> Other) -> Codec<Other> {
    map { value, _, _ in transform(value) }
  }
}

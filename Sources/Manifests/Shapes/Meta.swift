import ClusterAPI

/// How the parts that several kinds share are read.
enum Shapes {}

extension Shapes {
  /// `metadata` of an object; the namespace stays empty where none is written.
  static let meta = Codec.object(
    ObjectMeta(name: "", namespace: ""),
    Table {
      $0.field("name", \.name, .string, required: true)
      $0.field("namespace", \.namespace, .string)
      $0.field("labels", \.labels, .labels)
      $0.field("annotations", \.annotations, .labels)
      $0.field("finalizers", \.finalizers, .strings)
      $0.kept(
        "clusterName", "creationTimestamp", "deletionGracePeriodSeconds", "deletionTimestamp",
        "generateName", "generation", "managedFields", "ownerReferences", "resourceVersion",
        "selfLink", "uid")
    })

  static let labelSelector = Codec.object(
    LabelSelector(),
    Table {
      $0.field("matchLabels", \.matchLabels, .labels)
      $0.field("matchExpressions", \.matchExpressions, .list(of: requirement))
    })

  private static let requirement = Codec.object(
    LabelSelectorRequirement(key: "", op: .other("")),
    Table {
      $0.field("key", \.key, .string, required: true)
      $0.field("operator", \.op, selectorOperator, required: true)
      $0.field("values", \.values, .strings)
    })

  private static let selectorOperator = Codec<String>.word(of: [
    "In", "NotIn", "Exists", "DoesNotExist",
  ]).map { word, _, _ in LabelSelectorRequirement.Operator(word) }
}

extension Table {
  /// Adds `apiVersion`, `kind` and `metadata`, and keeps `status`.
  mutating func header(_ meta: any WritableKeyPath<Target, ObjectMeta> & Sendable) {
    identity()
    field("metadata", meta, Shapes.meta, required: true)
    kept("status")
  }

  /// Adds `apiVersion` and `kind`, which have been read before.
  mutating func identity() {
    custom("apiVersion") { _, _, _ in }
    custom("kind") { _, _, _ in }
  }
}

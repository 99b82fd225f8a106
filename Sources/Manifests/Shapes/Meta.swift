import ClusterAPI
import YAML

/// How the parts that several kinds share are read.
enum Shapes {}

extension Shapes {
  /// `metadata` of an object; the namespace stays empty where none is written.
  static let meta = Codec.object(
    ObjectMeta(name: "", namespace: ""),
    Table {
      $0.field("name", \.name, .string)
      $0.custom("generateName", shape: .string) { meta, node, reading in
        guard meta.name.isEmpty, let prefix = Codec.string.read(node, &reading) else { return }
        meta.name = prefix + reading.nameSuffix(node)
      }
      $0.field("namespace", \.namespace, .string)
      $0.field("labels", \.labels, .objectLabels)
      $0.field("annotations", \.annotations, .labels)
      $0.field("finalizers", \.finalizers, .strings)
      $0.kept(
        "clusterName", "creationTimestamp", "deletionGracePeriodSeconds", "deletionTimestamp",
        "generation", "managedFields", "ownerReferences", "resourceVersion",
        "selfLink", "uid")
    }
  ) { meta, node, reading in
    if let name = node["name"], !name.isNull {
      if !meta.name.isEmpty, !LabelSyntax.isSubdomain(meta.name) {
        reading.at(.key("name")) {
          $0.report(
            .error, at: name, "`\(name.excerpt)` is no name of an object",
            remedy: "write up to 253 lower-case letters, digits, - and .")
        }
      }
      return
    }
    guard let prefix = node["generateName"], !prefix.isNull else {
      reading.at(.key("name")) {
        $0.report(.error, at: node, "required field is missing", remedy: "add `name:`")
      }
      return
    }
    reading.report(.note, at: prefix, "the name is generated: `\(meta.name)`")
  }

  static let labelSelector = Codec.object(
    LabelSelector(),
    Table {
      $0.field("matchLabels", \.matchLabels, .objectLabels)
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
    custom("apiVersion", shape: .string) { _, _, _ in }
    custom("kind", shape: .string) { _, _, _ in }
  }
}

extension Reading {
  /// Five characters of the alphabet of `rand.String`, drawn from the place in the file.
  ///
  /// The API server draws them by chance; here two readings of one file agree.
  fileprivate func nameSuffix(_ node: YAMLNode) -> String {
    let alphabet = Array("bcdfghjklmnpqrstvwxz2456789")
    var hash: UInt64 = 0xcbf2_9ce4_8422_2325
    for byte in location(node).description.utf8 {
      hash = (hash ^ UInt64(byte)) &* 0x100_0000_01b3
    }
    return String(
      (0..<5).map { _ in
        defer { hash /= UInt64(alphabet.count) }
        return alphabet[Int(hash % UInt64(alphabet.count))]
      })
  }
}

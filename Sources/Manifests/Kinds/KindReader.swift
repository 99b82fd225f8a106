import ClusterAPI
import YAML

/// How documents of one kind become objects.
struct KindReader: Sendable {
  /// What an API version of a kind is to a cluster of today.
  enum Standing: Sendable {
    case served
    /// No longer served: read as its successor, with a note.
    case removed
  }

  let kind: Kind
  let isNamespaced: Bool
  /// The API version that a manifest of today is written in.
  let current: String
  /// The versions that the table reads.
  let versions: [(apiVersion: String, standing: Standing)]
  let read: @Sendable (YAMLNode, inout Reading) -> ClusterObject
  /// What may be written in a document.
  let shape: Shape

  /// `served` is `current` alone where the table is not of an older shape of the kind.
  init<Object: Sendable>(
    _ kind: Kind, _ current: String, served: [String]? = nil, removed: [String] = [],
    isNamespaced: Bool = true, initial: Object,
    unmodelled: any WritableKeyPath<Object, [UnmodelledField]> & Sendable,
    as wrap: @escaping @Sendable (Object) -> ClusterObject, table: Table<Object>,
    finish: @escaping @Sendable (inout Object, YAMLNode, inout Reading) -> Void = { _, _, _ in }
  ) {
    self.kind = kind
    self.isNamespaced = isNamespaced
    self.current = current
    versions = (served ?? [current]).map { ($0, .served) } + removed.map { ($0, .removed) }
    shape = table.shape
    read = { node, reading in
      var object = initial
      reading.read(node, into: &object, by: table)
      finish(&object, node, &reading)
      object[keyPath: unmodelled] = reading.unmodelled
      var result = wrap(object)
      if !isNamespaced {
        result.meta.namespace = ""
      } else if result.meta.namespace.isEmpty {
        result.meta.namespace = "default"
      }
      return result
    }
  }
}

import ClusterAPI

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
  /// The API version that the objects are of.
  let current: String
  /// Further versions of the same shape or older ones that the table also reads.
  let versions: [(apiVersion: String, standing: Standing)]
  let read: @Sendable (YAMLNode, inout Reading) -> ClusterObject

  init<Object: Sendable>(
    _ kind: Kind, _ current: String, also served: [String] = [], removed: [String] = [],
    isNamespaced: Bool = true, initial: Object,
    unmodelled: any WritableKeyPath<Object, [UnmodelledField]> & Sendable,
    as wrap: @escaping @Sendable (Object) -> ClusterObject, table: Table<Object>,
    finish: @escaping @Sendable (inout Object, YAMLNode, inout Reading) -> Void = { _, _, _ in }
  ) {
    self.kind = kind
    self.isNamespaced = isNamespaced
    self.current = current
    versions =
      [(current, .served)] + served.map { ($0, .served) } + removed.map { ($0, .removed) }
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

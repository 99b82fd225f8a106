import ClusterAPI

// What rules ask of documents that are kept as they stand.
extension DocumentValue {
  var text: String? { if case .string(let text) = self { text } else { nil } }

  /// Of a list; nil elsewhere.
  var elements: [DocumentValue]? { if case .list(let elements) = self { elements } else { nil } }

  var fields: [Field]? { if case .object(let fields) = self { fields } else { nil } }
}

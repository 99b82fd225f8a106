package import ClusterAPI
package import YAML

extension YAMLNode {
  /// How many keys all mappings in and below this node have.
  var keyCount: Int {
    switch value {
    case .scalar: 0
    case .sequence(let nodes): nodes.reduce(0) { $0 + $1.keyCount }
    case .mapping(let pairs): pairs.reduce(0) { $0 + 1 + $1.key.keyCount + $1.value.keyCount }
    }
  }

  package var isNull: Bool { resolved == .null }

  /// Null or an empty collection: as good as absent.
  package var isNothing: Bool {
    switch value {
    case .scalar: isNull
    case .sequence(let nodes): nodes.isEmpty
    case .mapping(let pairs): pairs.isEmpty
    }
  }

  /// The tree without positions.
  package var documentValue: DocumentValue {
    switch value {
    case .sequence(let nodes): return .list(nodes.map(\.documentValue))
    case .mapping(let pairs):
      return .object(
        pairs.compactMap { pair in
          pair.key.keyText.map { DocumentValue.Field($0, pair.value.documentValue) }
        })
    case .scalar(let scalar):
      switch resolved {
      case .null, nil: return .null
      case .boolean(let value): return .bool(value)
      case .integer(let value): return .integer(value)
      case .unsigned, .float: return .number(scalar.text)
      case .string(let text): return .string(text)
      }
    }
  }

  /// What stands in the file, cut to the length that a message bears.
  package var excerpt: String {
    switch value {
    case .sequence: return "[...]"
    case .mapping(let pairs): return "{\((pairs.first?.key.keyText ?? "").excerpt): ...}"
    case .scalar(let scalar): return scalar.text.excerpt
    }
  }

  /// Type and text as messages word them: ``the string `3` ``, `a mapping`.
  var wording: String {
    switch value {
    case .mapping, .sequence: return "a \(typeName)"
    case .scalar: return isNull ? "null" : "the \(typeName) `\(excerpt)`"
    }
  }
}

extension String {
  /// The first line, cut to the length that a message bears.
  var excerpt: String {
    // Characters would be unbounded: combining marks follow a letter without end.
    let head = unicodeScalars.prefix(61).prefix { !$0.properties.isPatternWhitespace || $0 == " " }
    return head.count > 60 ? String(head.prefix(57)) + "..." : String(head)
  }
}

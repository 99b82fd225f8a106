package import ClusterAPI

extension Shape {
  /// The JSON Schema (draft 2020-12) of documents of this shape.
  ///
  /// `isStrict` forbids keys that the tables do not have. A field may be `null` wherever it may be
  /// absent: readers take both alike.
  package func jsonSchema(
    id: String? = nil, title: String, description: String? = nil, isStrict: Bool
  ) -> DocumentValue {
    var fields: [DocumentValue.Field] = [
      .init("$schema", .string("https://json-schema.org/draft/2020-12/schema"))
    ]
    if let id { fields.append(.init("$id", .string(id))) }
    fields.append(.init("title", .string(title)))
    if let description { fields.append(.init("description", .string(description))) }
    return .object(fields + keywords(isStrict: isStrict))
  }

  private func keywords(isStrict: Bool) -> [DocumentValue.Field] {
    switch self {
    case .any: return []
    case .boolean: return [.type("boolean")]
    case .string: return [.type("string")]
    case .number: return [.type("number")]
    case .integer(let minimum, let maximum):
      var fields = [DocumentValue.Field.type("integer")]
      if let minimum { fields.append(.init("minimum", .integer(minimum))) }
      if let maximum, maximum != .max { fields.append(.init("maximum", .integer(maximum))) }
      return fields
    case .word(let words):
      if words.count == 1 { return [.init("const", .string(words[0]))] }
      return [.init("enum", .list(words.map { .string($0) }))]
    case .text(let form, let pattern, let isNumberToo):
      var fields: [DocumentValue.Field] = [
        isNumberToo
          ? .init("type", .list([.string("string"), .string("number")])) : .type("string")
      ]
      if let pattern { fields.append(.init("pattern", .string(pattern))) }
      fields.append(.init("description", .string(form)))
      return fields
    case .either(let shapes):
      return [
        .init("anyOf", .list(shapes.map { .object($0.keywords(isStrict: isStrict)) }))
      ]
    case .list(let element):
      return [
        .type("array"), .init("items", .object(element.keywords(isStrict: isStrict))),
      ]
    case .map(let element):
      return [
        .type("object"),
        .init("additionalProperties", .object(element.keywords(isStrict: isStrict))),
      ]
    case .object(let fields): return Self.keywords(fields, isStrict: isStrict)
    }
  }

  private static func keywords(_ fields: [Field], isStrict: Bool) -> [DocumentValue.Field] {
    var result = [DocumentValue.Field.type("object")]
    let required = fields.filter(\.isRequired).map { DocumentValue.string($0.key) }
    if !required.isEmpty { result.append(.init("required", .list(required))) }
    result.append(
      .init("properties", .object(fields.map { .init($0.key, $0.schema(isStrict: isStrict)) })))
    if isStrict { result.append(.init("additionalProperties", .bool(false))) }
    return result
  }
}

extension Shape.Field {
  fileprivate func schema(isStrict: Bool) -> DocumentValue {
    var fields = shape.keywords(isStrict: isStrict)
    var parts = [documentation].compactMap { $0 }
    if !isSimulated { parts.append("kept, not simulated") }
    if let form = fields.firstIndex(where: { $0.key == "description" }) {
      if case .string(let text) = fields.remove(at: form).value { parts.append(text) }
    }
    if !parts.isEmpty {
      fields.insert(.init("description", .string(parts.joined(separator: "; "))), at: 0)
    }
    if isRequired || fields.isEmpty { return .object(fields) }
    return .object(fields).orNull
  }
}

extension DocumentValue.Field {
  fileprivate static func type(_ name: String) -> Self { .init("type", .string(name)) }
}

extension DocumentValue {
  /// The schema of what this one describes, or `null`.
  fileprivate var orNull: DocumentValue {
    guard case .object(var fields) = self else { return self }
    let null = DocumentValue.string("null")
    for index in fields.indices {
      switch (fields[index].key, fields[index].value) {
      case ("type", .string(let name)): fields[index].value = .list([.string(name), null])
      case ("type", .list(let names)): fields[index].value = .list(names + [null])
      case ("enum", .list(let words)): fields[index].value = .list(words + [.null])
      case ("const", let word): fields[index] = .init("enum", .list([word, .null]))
      case ("anyOf", .list(let shapes)):
        fields[index].value = .list(shapes + [.object([.init("type", null)])])
      default: break
      }
    }
    return .object(fields)
  }
}

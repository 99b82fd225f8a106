import YAML

/// The fields of a mapping: which keys it may have, and what each does to the value being read.
package struct Table<Target>: Sendable {
  package typealias Read = @Sendable (inout Target, YAMLNode, inout Reading) -> Void

  package struct Field: Sendable {
    package var key: String
    package var isRequired: Bool
    /// nil: Kubernetes knows the field; it is kept, but not simulated.
    package var read: Read?
    /// What the reference says of it, with its default.
    package var documentation: String?
    package var shape: Shape
  }

  package private(set) var fields: [Field] = []
  private var positions: [String: Int] = [:]
  fileprivate var checks: [Read] = []

  /// A table of what the closure adds, in its order.
  package init(_ build: (inout Table) -> Void) { build(&self) }

  /// What may be written for a mapping that this table reads.
  package var shape: Shape {
    .object(
      fields.map {
        Shape.Field(
          $0.key, $0.shape, isRequired: $0.isRequired, isSimulated: $0.read != nil,
          documentation: $0.documentation)
      })
  }

  /// Adds a field with a reader of its own, and what may be written for it.
  package mutating func custom(
    _ key: String, required: Bool = false, documentation: String? = nil, shape: Shape = .any,
    _ read: @escaping Read
  ) {
    add(
      Field(
        key: key, isRequired: required, read: read, documentation: documentation, shape: shape))
  }

  /// Adds a field that sets a property.
  package mutating func field<Value>(
    _ key: String, _ property: any WritableKeyPath<Target, Value> & Sendable, _ codec: Codec<Value>,
    required: Bool = false, documentation: String? = nil
  ) {
    custom(key, required: required, documentation: documentation, shape: codec.shape) {
      target, node, reading in
      if let value = codec.read(node, &reading) { target[keyPath: property] = value }
    }
  }

  /// Adds a field that sets an optional property.
  package mutating func field<Value>(
    _ key: String, _ property: any WritableKeyPath<Target, Value?> & Sendable,
    _ codec: Codec<Value>, required: Bool = false, documentation: String? = nil
  ) {
    custom(key, required: required, documentation: documentation, shape: codec.shape) {
      target, node, reading in
      if let value = codec.read(node, &reading) { target[keyPath: property] = value }
    }
  }

  /// Adds a field whose mapping sets properties of the same value.
  package mutating func inside(
    _ key: String, required: Bool = false, documentation: String? = nil, _ table: Table
  ) {
    custom(key, required: required, documentation: documentation, shape: table.shape) {
      target, node, reading in
      reading.read(node, into: &target, by: table)
    }
  }

  /// Adds a field whose mapping sets properties of a part of the value.
  package mutating func nested<Part>(
    _ key: String, _ part: any WritableKeyPath<Target, Part> & Sendable, required: Bool = false,
    documentation: String? = nil, _ table: Table<Part>
  ) {
    custom(key, required: required, documentation: documentation, shape: table.shape) {
      target, node, reading in
      reading.read(node, into: &target[keyPath: part], by: table)
    }
  }

  /// Adds fields that Kubernetes knows and that are kept, but not simulated.
  package mutating func kept(_ keys: String...) {
    for key in keys {
      add(Field(key: key, isRequired: false, read: nil, documentation: nil, shape: .any))
    }
  }

  /// Adds what is to be done once all fields have been read, such as a rule between two of them.
  package mutating func check(_ check: @escaping Read) { checks.append(check) }

  private mutating func add(_ field: Field) {
    precondition(positions[field.key] == nil, "the table has the field \(field.key) twice")
    positions[field.key] = fields.count
    fields.append(field)
  }

  fileprivate func field(_ key: String) -> Field? { positions[key].map { fields[$0] } }
}

extension Reading {
  /// Reads a mapping: fields of the table into the value, all else into `unmodelled`.
  package mutating func read<Target>(
    _ node: YAMLNode, into target: inout Target, by table: Table<Target>
  ) {
    guard let pairs = node.mapping else {
      reportWrongType(node, expected: "a mapping")
      return
    }
    var present: Set<String> = []
    for (key, value) in pairs {
      guard let name = key.keyText else {
        // The parser has reported it: JSON has no such key.
        reportedKeys += 1 + key.keyCount + value.keyCount
        continue
      }
      at(.key(name)) { reading in
        guard let field = table.field(name) else {
          reading.reportUnknown(key, name, value, among: table.fields.map(\.key))
          return
        }
        if !value.isNull { present.insert(name) }
        if let read = field.read {
          reading.consumedKeys += 1
          if !value.isNull { read(&target, value, &reading) }
        } else if value.isNothing {
          reading.keepEmpty(value)
        } else {
          reading.keep(key, value)
          reading.report(.note, at: key, "kept, not simulated")
        }
      }
    }
    for field in table.fields where field.isRequired && !present.contains(field.key) {
      at(.key(field.key)) { reading in
        reading.report(
          .error, at: node, "required field is missing", remedy: "add `\(field.key):`")
      }
    }
    for check in table.checks { check(&target, node, &self) }
  }

  private mutating func reportUnknown(
    _ key: YAMLNode, _ name: String, _ value: YAMLNode, among known: [String]
  ) {
    keep(key, value)
    let near = nearest(to: name, among: known)
    if isStrict {
      return report(
        .error, at: key, "unknown field `\(key.excerpt)`",
        remedy: near.map { "did you mean `\($0)`?" }
          ?? "known are \(known.joined(separator: ", "))",
        nearest: near)
    }
    report(
      .warning, at: key, "unknown field `\(key.excerpt)`: kept, not simulated",
      remedy: near.map { "did you mean `\($0)`?" }, nearest: near)
    diagnostics[diagnostics.count - 1].isUnknownField = true
  }
}

import ClusterAPI
import YAML

/// What reading a file has come to so far.
final class Sink {
  let file: String
  var diagnostics: [Diagnostic] = []
  /// Keys that a typed field holds.
  var consumed = 0
  /// Keys that are kept and reported as not simulated.
  var reported = 0

  init(file: String) { self.file = file }

  func location(_ mark: Mark) -> SourceLocation {
    SourceLocation(file: file, line: mark.line, column: mark.column)
  }

  func error(_ mark: Mark, _ message: String, remedy: String? = nil) {
    diagnostics.append(Diagnostic(.error, location(mark), message, remedy: remedy))
  }
}

/// One mapping of a document, read key by key; what nobody asked for is reported at the end.
final class Fields {
  let node: YAML.Node
  let path: String
  let sink: Sink
  private var asked: [String] = []
  private let entries: [(key: String, mark: Mark, value: YAML.Node)]

  /// nil, with a diagnostic, where the node is no mapping.
  init?(_ node: YAML.Node, path: String, sink: Sink) {
    guard let mapping = node.mapping else {
      sink.error(
        node.mark, "\(path.isEmpty ? "document" : path) is \(node.typeName), not a mapping",
        remedy: "write `key: value` lines")
      return nil
    }
    self.node = node
    self.path = path
    self.sink = sink
    entries = mapping.compactMap { entry in
      entry.key.keyText.map { ($0, entry.key.mark, entry.value) }
    }
  }

  func name(_ key: String) -> String { path.isEmpty ? key : "\(path).\(key)" }

  /// The value of a key, null counting as absent.
  func value(_ key: String) -> YAML.Node? {
    asked.append(key)
    guard let entry = entries.first(where: { $0.key == key }) else { return nil }
    sink.consumed += 1
    if case .null? = entry.value.resolved { return nil }
    return entry.value
  }

  func has(_ key: String) -> Bool { entries.contains { $0.key == key } }

  func object(_ key: String) -> Fields? {
    value(key).flatMap { Fields($0, path: name(key), sink: sink) }
  }

  /// The nodes of a list, each with its path.
  func list(_ key: String) -> [(node: YAML.Node, path: String)] {
    guard let node = value(key) else { return [] }
    guard let items = node.sequence else {
      sink.error(
        node.mark, "\(name(key)) is \(node.typeName), not a list", remedy: "write `- item` lines")
      return []
    }
    return items.enumerated().map { ($0.element, "\(name(key))[\($0.offset)]") }
  }

  func objects(_ key: String) -> [Fields] {
    list(key).compactMap { Fields($0.node, path: $0.path, sink: sink) }
  }

  /// Reports every key that was not asked for, and gives back its content.
  func rest() -> [UnmodelledField] {
    entries.filter { !asked.contains($0.key) }.map { entry in
      sink.reported += 1
      let nearest = Spelling.nearest(entry.key, in: asked)
      if let nearest, !has(nearest) {
        sink.diagnostics.append(
          Diagnostic(
            .warning, sink.location(entry.mark), "unknown field \(name(entry.key))",
            remedy: "did you mean `\(nearest)`?"))
      } else {
        sink.diagnostics.append(
          Diagnostic(
            .note, sink.location(entry.mark), "\(name(entry.key)) is kept but not simulated"))
      }
      return UnmodelledField(path: name(entry.key), value: DocumentValue(entry.value))
    }
  }
}

extension DocumentValue {
  init(_ node: YAML.Node) {
    switch node.value {
    case .sequence(let items): self = .list(items.map { DocumentValue($0) })
    case .mapping(let entries):
      self = .object(
        entries.map { Field($0.key.keyText ?? "?", DocumentValue($0.value)) })
    case .scalar(let scalar):
      switch scalar.resolved {
      case .null: self = .null
      case .boolean(let value): self = .bool(value)
      case .integer(let value): self = .integer(value)
      default: self = .string(scalar.text)
      }
    }
  }
}

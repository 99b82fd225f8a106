import ClusterAPI
import YAML

/// Reads the documents of one file.
struct FileReader {
  var reading: Reading
  private(set) var entries: [ManifestSet.Entry] = []
  private(set) var readCount = 0
  private(set) var notSimulatedCount = 0
  private(set) var rejectedCount = 0

  init(name: String) { reading = Reading(file: name) }

  mutating func read(_ bytes: [UInt8], limits: Limits) {
    do throws(YAMLError) {
      for document in try parse(bytes: bytes, limits: limits) {
        report(document.problems)
        guard let root = document.root, !root.isNull else { continue }
        read(root, template: document.sourceComment)
      }
    } catch {
      rejectedCount += 1
      let isTemplate = error.kind == .syntax && bytes.containsTemplateAction
      reading.diagnostics.append(
        Diagnostic(
          .error, at: location(error.mark), message: error.message,
          remedy: isTemplate ? "render the template first: `helm template`" : nil))
    }
  }

  private func location(_ mark: Mark) -> SourceLocation {
    SourceLocation(file: reading.file, line: mark.line, column: mark.column)
  }

  private mutating func report(_ problems: [Problem]) {
    for problem in problems {
      reading.diagnostics.append(
        Diagnostic(.warning, at: location(problem.mark), message: problem.message))
    }
  }

  mutating func read(_ node: YAMLNode, template: String?) {
    let before = reading.diagnostics.count
    reading.unmodelled = []
    let object = object(node, template: template)
    guard let object else { return }
    if reading.diagnostics[before...].contains(where: { $0.severity == .error }) {
      rejectedCount += 1
      return
    }
    if case .opaque = object { notSimulatedCount += 1 } else { readCount += 1 }
    entries.append(
      ManifestSet.Entry(object: object, location: reading.location(node), template: template))
  }

  /// The object of a document; nil where it is a list or was rejected.
  private mutating func object(_ node: YAMLNode, template: String?) -> ClusterObject? {
    guard node.mapping != nil else {
      rejectedCount += 1
      reading.reportWrongType(node, expected: "an object with `apiVersion` and `kind`")
      return nil
    }
    guard let apiVersion = word("apiVersion", of: node), let kind = word("kind", of: node) else {
      rejectedCount += 1
      reading.reportedKeys += node.keyCount
      return nil
    }
    reading.apiVersion = apiVersion
    if kind.hasSuffix("List"), let items = node["items"]?.sequence {
      readList(node, items, template: template)
      return nil
    }
    let known = KindCatalog.all.filter { $0.kind.name == kind }
    for reader in known {
      guard let version = reader.versions.first(where: { $0.apiVersion == apiVersion }) else {
        continue
      }
      if version.standing == .removed { reportRemoved(node, reader) }
      return reader.read(node, &reading)
    }
    return opaque(node, apiVersion: apiVersion, kind: kind, known: known.first)
  }

  private mutating func word(_ key: String, of node: YAMLNode) -> String? {
    if let value = node[key], case .string(let text) = value.resolved, !text.isEmpty {
      return text
    }
    let near = nearest(to: key, among: node.mapping?.compactMap(\.key.keyText) ?? [])
    reading.report(
      .error, at: node[key] ?? node, "the document has no `\(key)`",
      remedy: near.map { "write `\(key)` for `\($0)`" } ?? "add `\(key):`")
    return nil
  }

  private mutating func readList(_ node: YAMLNode, _ items: [YAMLNode], template: String?) {
    for (key, value) in node.mapping ?? [] {
      switch key.keyText {
      case "apiVersion", "kind", "items": reading.consumedKeys += 1
      case "metadata" where value.keyCount == 0: reading.consumedKeys += 1
      default:
        reading.reportedKeys += 1 + key.keyCount + value.keyCount
        reading.report(.note, at: key, "`\(key.excerpt)` of a list is not simulated")
      }
    }
    for item in items { read(item, template: template) }
  }

  private mutating func reportRemoved(_ node: YAMLNode, _ reader: KindReader) {
    reading.report(
      .note, at: node["apiVersion"] ?? node,
      "\(reader.kind.name) of `\(reading.apiVersion)` is no longer served",
      remedy: "it is read as `\(reader.current)`; write that")
  }

  private mutating func opaque(
    _ node: YAMLNode, apiVersion: String, kind: String, known: KindReader?
  ) -> ClusterObject {
    reading.reportedKeys += node.keyCount
    let parts = apiVersion.split(separator: "/", maxSplits: 1)
    let group = parts.count == 2 ? String(parts[0]) : ""
    let hint = known.map { "\(kind) is simulated as `\($0.current)`" }
    reading.report(
      .note, at: node["kind"] ?? node, "\(kind) of `\(apiVersion)` is kept, not simulated",
      remedy: hint, nearest: known?.current)
    var meta = ObjectMeta(
      name: text(node["metadata"]?["name"]), namespace: text(node["metadata"]?["namespace"]))
    meta.labels = labels(node["metadata"]?["labels"])
    meta.annotations = labels(node["metadata"]?["annotations"])
    return .opaque(
      OpaqueObject(
        apiVersion: apiVersion, kind: Kind(kind, group: group), meta: meta,
        document: node.documentValue))
  }

  private func text(_ node: YAMLNode?) -> String {
    if case .string(let text) = node?.resolved { text } else { "" }
  }

  private func labels(_ node: YAMLNode?) -> Labels {
    var labels = Labels()
    for (key, value) in node?.mapping ?? [] {
      if let name = key.keyText { labels[name] = text(value) }
    }
    return labels
  }
}

extension [UInt8] {
  /// Whether the text holds `{{`, as templates of Helm do.
  fileprivate var containsTemplateAction: Bool {
    indices.dropLast().contains { self[$0] == 0x7B && self[$0 + 1] == 0x7B }
  }
}

import ClusterAPI
import YAML

/// Reads the documents of one file.
struct FileReader {
  var reading: Reading
  private(set) var entries: [ManifestSet.Entry] = []
  /// The documents of the entries.
  private(set) var nodes: [YAMLNode] = []
  private(set) var counts = ManifestCounts()

  init(name: String) { reading = Reading(file: name) }

  mutating func read(_ bytes: [UInt8], limits: Limits) {
    counts.files += 1
    do throws(YAMLError) {
      for document in try parse(bytes: bytes, limits: limits) {
        report(document.problems)
        if let root = document.root, !root.isNull {
          read(root, template: document.sourceComment)
        } else {
          counts.documents += 1
          counts.empty += 1
        }
      }
    } catch {
      reading.diagnostics.append(
        Diagnostic(
          .error, at: location(error.mark), text: bytes.line(of: error.mark),
          message: error.message, remedy: remedy(error, bytes)))
      counts.documents += 1
      reject(at: location(error.mark), from: reading.diagnostics.count - 1)
    }
  }

  /// Reads a document, or an element of a list.
  mutating func read(_ node: YAMLNode, template: String?) {
    counts.documents += 1
    let before = reading.diagnostics.count
    reading.unmodelled = []
    defer {
      if let template {
        for index in before..<reading.diagnostics.count {
          reading.diagnostics[index].template = template
        }
      }
    }
    switch content(node) {
    case .list(let items):
      counts.lists += 1
      for item in items { read(item, template: template) }
    case .object(let object):
      if reading.diagnostics[before...].contains(where: { $0.severity == .error }) {
        reject(at: reading.location(node), from: before, object.key)
        return
      }
      let kind = object.kind.name
      if case .opaque(let object) = object, !Self.isRule(kind, object.apiVersion) {
        counts.otherKinds[kind, default: 0] += 1
      } else {
        counts.readKinds[kind, default: 0] += 1
      }
      nodes.append(node)
      entries.append(
        ManifestSet.Entry(object: object, location: reading.location(node), template: template))
    case nil: reject(at: reading.location(node), from: before)
    }
  }

  /// What the file says once all of it is read.
  func finish() -> (diagnostics: [Diagnostic], counts: ManifestCounts) {
    var counts = counts
    counts.consumedKeys = reading.consumedKeys
    counts.reportedKeys = reading.reportedKeys
    counts.unmodelled = reading.keptFields
    return (reading.diagnostics, counts)
  }

  private mutating func reject(
    at location: SourceLocation, from first: Int, _ key: ObjectKey? = nil
  ) {
    let errors = reading.diagnostics[first...].filter { $0.severity == .error }
    guard
      let error = errors.min(by: {
        ($0.location.line, $0.location.column) < ($1.location.line, $1.location.column)
      })
    else {
      preconditionFailure("the document at \(location.description) is rejected without an error")
    }
    let place = error.path.isEmpty ? "" : "\(error.path): "
    counts.rejections.append(.init(location: location, reason: place + error.message, key: key))
  }

  private func location(_ mark: Mark) -> SourceLocation {
    SourceLocation(file: reading.file, line: mark.line, column: mark.column)
  }

  private func remedy(_ error: YAMLError, _ bytes: [UInt8]) -> String? {
    switch error.kind {
    case .syntax where bytes.containsTemplateAction:
      "render the template first: `helm template`"
    case .notUTF8: "save the file as UTF-8"
    case .tooManyBytes, .tooManyDocuments: "split the file"
    default: nil
    }
  }

  private mutating func report(_ problems: [Problem]) {
    for problem in problems {
      let remedy: String? =
        if case .duplicateKey = problem.kind {
          "the later one is used; remove one of them"
        } else {
          nil
        }
      reading.diagnostics.append(
        Diagnostic(
          .warning, at: location(problem.mark), message: problem.message, remedy: remedy))
    }
  }
}

// What a document holds.
extension FileReader {
  private enum Content {
    case object(ClusterObject)
    case list([YAMLNode])
  }

  /// nil where the document was rejected.
  private mutating func content(_ node: YAMLNode) -> Content? {
    guard node.mapping != nil else {
      reading.reportWrongType(node, expected: "an object with `apiVersion` and `kind`")
      return nil
    }
    guard let apiVersion = word("apiVersion", of: node), let kind = word("kind", of: node) else {
      reading.reportedKeys += node.keyCount
      return nil
    }
    reading.apiVersion = apiVersion
    if kind.hasSuffix("List"), let items = node["items"]?.sequence {
      readHead(ofList: node)
      return .list(items)
    }
    let known = KindCatalog.all.filter { $0.kind.name == kind }
    for reader in known {
      guard let version = reader.versions.first(where: { $0.apiVersion == apiVersion }) else {
        continue
      }
      if version.standing == .removed { reportRemoved(node, reader) }
      return .object(reader.read(node, &reading))
    }
    return .object(opaque(node, kind: kind, known: known.first))
  }

  private mutating func word(_ key: String, of node: YAMLNode) -> String? {
    if let value = node[key], case .string(let text) = value.resolved, !text.isEmpty {
      return text
    }
    if let value = node[key], !value.isNull {
      reading.at(.key(key)) {
        $0.report(.error, at: value, "must be a string, but is \(value.wording)")
      }
      return nil
    }
    let keys = node.mapping?.compactMap(\.key.keyText) ?? []
    let near = reading.nearest(to: key, among: Array(keys.prefix(20)))
    reading.report(
      .error, at: node[key] ?? node, "the document has no `\(key)`",
      remedy: near.map { "write `\(key)` for `\($0)`" } ?? OtherTools.remedy(keys)
        ?? "add `\(key):`", nearest: near)
    return nil
  }

  private mutating func readHead(ofList node: YAMLNode) {
    for (key, value) in node.mapping ?? [] {
      switch key.keyText {
      case "apiVersion", "kind", "items": reading.consumedKeys += 1
      case "metadata" where value.keyCount == 0: reading.consumedKeys += 1
      default:
        reading.reportedKeys += 1 + key.keyCount + value.keyCount
        reading.report(.note, at: key, "`\(key.excerpt)` of a list is not simulated")
      }
    }
  }

  private mutating func reportRemoved(_ node: YAMLNode, _ reader: KindReader) {
    reading.report(
      .note, at: node["apiVersion"] ?? node,
      "\(reader.kind.name) of `\(reading.apiVersion)` is no longer served",
      remedy: "it is read as `\(reader.current)`; write that")
  }
}

extension [UInt8] {
  /// Whether the text holds `{{`, as templates of Helm do.
  fileprivate var containsTemplateAction: Bool {
    indices.dropLast().contains { self[$0] == 0x7B && self[$0 + 1] == 0x7B }
  }

  /// The rest of the line from a position, cut to the length that a message bears.
  fileprivate func line(of mark: Mark) -> String {
    let rest = self[Swift.min(mark.offset, count)...].prefix(60)
    return String(decoding: rest.prefix { $0 != 0x0A && $0 != 0x0D }, as: UTF8.self)
  }
}

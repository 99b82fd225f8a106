public import ClusterAPI
import YAML

/// What has been read of a set of files.
public struct ManifestSet: Sendable {
  public struct Item: Sendable {
    public var object: ClusterObject
    public var location: SourceLocation
  }

  public var items: [Item] = []
  /// In the order of files and lines.
  public var diagnostics: [Diagnostic] = []
  /// Documents whose object could not be read.
  public var rejected = 0
  /// Keys that typed fields hold, and keys that are kept and reported.
  public var consumedKeys = 0
  public var reportedKeys = 0

  public init() {}

  public var deployments: [Deployment] {
    items.compactMap { if case .deployment(let object) = $0.object { object } else { nil } }
  }

  /// Objects of kinds that are kept but not simulated.
  public var notSimulated: [Item] {
    items.filter { if case .opaque = $0.object { true } else { false } }
  }

  public var hasErrors: Bool { diagnostics.contains { $0.severity == .error } }
}

/// Reads YAML and JSON manifests: multi-document files, `List` objects.
public struct ManifestReader: Sendable {
  public init() {}

  /// Reads one file; every problem of it is reported, and what can be read is read.
  public func read(name: String, bytes: [UInt8], into set: inout ManifestSet) {
    let sink = Sink(file: name)
    do {
      for document in try parse(bytes: bytes) {
        for problem in document.problems { sink.error(problem.mark, problem.message) }
        guard let root = document.root else { continue }
        read(root, sink, &set)
      }
    } catch {
      sink.error(error.mark, error.message)
      set.rejected += 1
    }
    set.diagnostics += sink.diagnostics.sorted {
      ($0.location.line, $0.location.column) < ($1.location.line, $1.location.column)
    }
    set.consumedKeys += sink.consumed
    set.reportedKeys += sink.reported
  }

  private func read(_ root: YAML.Node, _ sink: Sink, _ set: inout ManifestSet) {
    if case .null? = root.resolved { return }
    guard let fields = Fields(root, path: "", sink: sink) else {
      set.rejected += 1
      return
    }
    let errors = sink.diagnostics.count { $0.severity == .error }
    guard let version = fields.text("apiVersion"), let kind = fields.text("kind") else {
      sink.error(
        root.mark, "apiVersion or kind is missing", remedy: "write `apiVersion:` and `kind:`")
      set.rejected += 1
      return
    }
    if kind == "List" {
      for item in fields.list("items") { read(item.node, sink, &set) }
      _ = fields.object("metadata")
      _ = fields.rest()
      return
    }
    let object = object(fields, version, kind)
    guard let object, sink.diagnostics.count(where: { $0.severity == .error }) == errors else {
      set.rejected += 1
      return
    }
    set.items.append(.init(object: object, location: sink.location(root.mark)))
  }

  private func object(_ fields: Fields, _ version: String, _ kind: String) -> ClusterObject? {
    let group = version.contains("/") ? String(version.prefix { $0 != "/" }) : ""
    if kind == "Deployment", group == "apps" || group == "extensions" {
      guard var deployment = fields.deployment() else { return nil }
      _ = fields.value("status")
      deployment.unmodelled += fields.rest()
      return .deployment(deployment)
    }
    guard let (meta, _) = fields.metadata() else { return nil }
    let document = DocumentValue(fields.node)
    fields.keepWhole()
    return .opaque(
      OpaqueObject(
        apiVersion: version, kind: Kind(kind, group: group), meta: meta, document: document))
  }
}

extension Fields {
  /// The object is kept as it stands: all its further keys count as reported.
  fileprivate func keepWhole() {
    for entry in node.mapping ?? [] {
      if let key = entry.key.keyText, !["apiVersion", "kind", "metadata"].contains(key) {
        sink.reported += 1
      }
    }
  }
}

public import ClusterAPI
import YAML

/// What a set of manifest files says: the objects, and all there is to say about the files.
public struct ManifestSet: Sendable {
  /// An object with the place of its document.
  public struct Entry: Hashable, Sendable {
    public var object: ClusterObject
    public var location: SourceLocation
    /// The template that the object was rendered from, where Helm has written it in a comment.
    public var template: String?

    public init(object: ClusterObject, location: SourceLocation, template: String? = nil) {
      self.object = object
      self.location = location
      self.template = template
    }
  }

  /// In the order of the files; of two with one key the later one stays, as with `kubectl apply`.
  public internal(set) var entries: [Entry] = []
  /// As they were parsed, in the order of the entries.
  var nodes: [YAMLNode] = []
  /// In the order of the files, and by position inside each.
  public internal(set) var diagnostics: [Diagnostic] = []
  public internal(set) var counts = ManifestCounts()

  init() {}

  /// What was written for the entry at an index.
  public func document(_ index: Int) -> DocumentValue { nodes[index].documentValue }

  /// Documents of the objects that could be read, as one file of JSON.
  public var file: String {
    nodes.map(\.documentValue.json).joined(separator: "\n---\n") + "\n"
  }

  /// The object in whose document a place lies; nil outside of those that could be read.
  public func key(at place: SourceLocation) -> ObjectKey? {
    entries.filter { $0.location.file == place.file && $0.location.line <= place.line }
      .max { $0.location.line < $1.location.line }?.object.key
  }

  /// Where an object stands; nil where it could not be read.
  public func location(of key: ObjectKey) -> SourceLocation? {
    entries.first { $0.object.key == key }?.location
      ?? counts.rejections.first { $0.key == key }?.location
  }

  public var objects: [ClusterObject] { entries.map(\.object) }
  public var hasErrors: Bool { diagnostics.contains { $0.severity == .error } }
}

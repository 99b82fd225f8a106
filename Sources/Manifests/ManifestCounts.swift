public import ClusterAPI

/// What became of the documents and keys of files.
///
/// Each document, elements of lists included, is one of: empty, a list, read, not simulated,
/// rejected.
public struct ManifestCounts: Hashable, Sendable {
  /// A document, or a whole file, that could not be read.
  public struct Rejection: Hashable, Sendable {
    public var location: SourceLocation
    /// The first of its errors.
    public var reason: String
    /// The object that it was to be, as far as it could be read.
    public var key: ObjectKey?

    public init(location: SourceLocation, reason: String, key: ObjectKey? = nil) {
      self.location = location
      self.reason = reason
      self.key = key
    }
  }

  public internal(set) var files = 0
  /// Documents of all files, and elements of lists; a file that is no YAML counts as one.
  public internal(set) var documents = 0
  /// Documents with nothing but comments or `null`.
  public internal(set) var empty = 0
  /// Documents whose elements are objects.
  public internal(set) var lists = 0
  /// Documents of kinds that have a table, and rules, by kind.
  public internal(set) var readKinds: [String: Int] = [:]
  /// Documents of other kinds, kept whole, by kind.
  public internal(set) var otherKinds: [String: Int] = [:]
  public internal(set) var rejections: [Rejection] = []
  /// Fields that are kept, but not simulated, by their paths without indices of lists.
  public internal(set) var unmodelled: [String: Int] = [:]
  /// Keys of mappings that were read into an object.
  public internal(set) var consumedKeys = 0
  /// Keys of mappings that a diagnostic names, or a field around them.
  public internal(set) var reportedKeys = 0

  init() {}

  public var read: Int { readKinds.values.reduce(0, +) }
  public var notSimulated: Int { otherKinds.values.reduce(0, +) }
  /// Documents with an error, and files that are no YAML.
  public var rejected: Int { rejections.count }

  mutating func add(_ other: ManifestCounts) {
    files += other.files
    documents += other.documents
    empty += other.empty
    lists += other.lists
    readKinds.merge(other.readKinds, uniquingKeysWith: +)
    otherKinds.merge(other.otherKinds, uniquingKeysWith: +)
    rejections += other.rejections
    unmodelled.merge(other.unmodelled, uniquingKeysWith: +)
    consumedKeys += other.consumedKeys
    reportedKeys += other.reportedKeys
  }
}

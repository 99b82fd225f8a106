import ClusterAPI

/// Rows of one kind of object by name, so that nobody looks at all of them for one.
///
/// A row stays under its name when its object is gone; an object that comes again has another.
struct NameIndex: Sendable {
  private struct Name: Hashable {
    var namespace: String
    var name: String
  }

  /// In ascending order.
  private var rows: [Name: [Int]] = [:]

  mutating func append(_ row: Int, _ meta: ObjectMeta) {
    rows[Name(namespace: meta.namespace, name: meta.name), default: []].append(row)
  }

  /// The first row under the name of which `exists` says that its object is there.
  func row(namespace: String, name: String, where exists: (Int) -> Bool) -> Int? {
    rows[Name(namespace: namespace, name: name)]?.first(where: exists)
  }
}

public import ClusterAPI

extension ManifestSet {
  /// The same manifests with a patch on one object, read anew; places stay those of the files.
  ///
  /// - Parameter patch: of the object's manifest, merged strategically.
  /// - Returns: nil where there is no such object, or another document is refused than before.
  public func patched(_ key: ObjectKey, by patch: DocumentValue) -> ManifestSet? {
    guard entries.contains(where: { $0.object.key == key }) else { return nil }
    let files = entries.indices.map { index in
      let document = document(index)
      let text = (entries[index].object.key == key ? document.merged(patch) : document).json
      return (name: "\(index).yaml", bytes: Array(text.utf8))
    }
    var result = ManifestReader.read(files: files)
    for index in result.entries.indices {
      guard let entry = entries.first(where: { $0.object.key == result.entries[index].object.key })
      else { continue }
      result.entries[index].location = entry.location
      result.entries[index].template = entry.template
    }
    return result
  }
}

import ClusterAPI
public import YAML

/// Reads manifest files into objects, with everything that is wrong with them in one go.
public enum ManifestReader {
  /// Reads files in the order given.
  ///
  /// Never fails: a file that is no YAML, and a document with errors, is rejected with diagnostics;
  /// the others are read.
  public static func read(
    files: [(name: String, bytes: [UInt8])], limits: Limits = .standard
  ) -> ManifestSet {
    var set = ManifestSet()
    var positions: [ObjectKey: Int] = [:]
    for file in files {
      var reader = FileReader(name: file.name)
      reader.read(file.bytes, limits: limits)
      set.add(reader, &positions)
    }
    return set
  }

  /// Reads one document that stands inside another file.
  package static func read(_ node: YAMLNode, file: String) -> ManifestSet {
    var set = ManifestSet()
    var positions: [ObjectKey: Int] = [:]
    var reader = FileReader(name: file)
    reader.read(node, template: nil)
    set.add(reader, &positions)
    return set
  }
}

extension ManifestSet {
  fileprivate mutating func add(_ reader: FileReader, _ positions: inout [ObjectKey: Int]) {
    var (found, counts) = reader.finish()
    for (entry, node) in zip(reader.entries, reader.nodes) {
      let key = entry.object.key
      guard let position = positions[key], !key.name.isEmpty else {
        positions[key] = entries.count
        entries.append(entry)
        nodes.append(node)
        continue
      }
      found.append(
        Diagnostic(
          .warning, at: entry.location, text: key.description,
          message: "\(key.description) stands at \(entries[position].location.description) too",
          remedy: "the later one is used; remove one of them"))
      entries[position] = entry
      nodes[position] = node
    }
    diagnostics += found.sorted {
      ($0.location.line, $0.location.column) < ($1.location.line, $1.location.column)
    }
    self.counts.add(counts)
  }
}

import ClusterAPI
import Manifests
import YAML

/// What reading some files gave.
struct FileContents<Entry> {
  var entries: [Entry]
  var diagnostics: [Diagnostic]
  /// Whether they hold nothing of the kind.
  var isNone: Bool
}

extension Codec {
  /// A path of a file or folder, or a list of such: what they hold, one after the other.
  ///
  /// - Parameters:
  ///   - what: what they are to hold.
  ///   - remedy: what to write into them where they hold none.
  static func files<Entry>(
    _ source: ScenarioSource, of what: String, remedy: String,
    _ contents: @escaping @Sendable ([ScenarioSource.File]) -> FileContents<Entry>
  ) -> Codec where Value == [Entry] {
    let path = Shape.text(form: "path of a file or folder", pattern: nil, isNumberToo: false)
    return Codec(shape: .either([path, .list(path)])) { node, reading in
      var entries: [Entry] = []
      for item in node.sequence ?? [node] {
        guard let path = Codec<String>.string.read(item, &reading) else { continue }
        guard let files = try? source.load(path) else {
          reading.report(
            .error, at: item, "cannot read `\(path)`",
            remedy: "write a file or a folder, relative to this file")
          continue
        }
        let found = contents(files)
        reading.diagnostics += found.diagnostics
        if found.isNone {
          reading.report(.error, at: item, "`\(path)` holds no \(what)", remedy: remedy)
        }
        entries += found.entries
      }
      return entries
    }
  }
}

extension ScenarioSource {
  /// The files that a list of manifests names, item by item, as far as a word stands in them.
  func files(amongManifests node: YAMLNode, with word: String) -> [[File]] {
    (node.sequence ?? [node]).compactMap { item in
      guard item.mapping == nil, case .string(let path) = item.resolved else { return nil }
      return try? load(path).filter { String(decoding: $0.bytes, as: UTF8.self).contains(word) }
    }
  }
}

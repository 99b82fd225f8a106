import Foundation

/// The files of the package, as the rules of the house look at them.
enum Tree {
  struct File {
    /// Below the package.
    var path: String
    var text: String
    var lines: [Substring] { text.split(separator: "\n", omittingEmptySubsequences: false) }
    /// Without comments and without what stands in quotes.
    var code: [String] {
      lines.map { line in
        let head = line.split(separator: "//", maxSplits: 1, omittingEmptySubsequences: false)[0]
        let parts = head.split(separator: "\"", omittingEmptySubsequences: false)
        return parts.enumerated().filter { $0.offset % 2 == 0 }.map { String($0.element) }.joined()
      }
    }
  }

  static let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent().path(percentEncoded: false)

  static func files(_ folder: String, ending: String = ".swift") -> [File] {
    let all = (try? FileManager.default.subpathsOfDirectory(atPath: root + "/" + folder)) ?? []
    return all.filter { $0.hasSuffix(ending) && !$0.contains(".build/") }.sorted().compactMap {
      name in
      let path = folder + "/" + name
      return (try? String(contentsOfFile: root + "/" + path, encoding: .utf8)).map {
        File(path: path, text: $0)
      }
    }
  }

  static let sources = files("Sources")
  static let tests = files("Tests")
}

import ClusterAPI
import Foundation
import Manifests
import Testing
import YAML

/// Every manifest that people have published is read, and each of its keys accounted for.
@Suite(.enabled(if: Corpus.isPresent))
struct CorpusTests {
  @Test func everyKeyIsConsumedOrReported() throws {
    let files = try ManifestFiles.load(at: Corpus.folder)
    #expect(files.count > 500)
    var consumed = 0
    var reported = 0
    for file in files {
      let set = ManifestReader.read(files: [file])
      let keys = ((try? parse(bytes: file.bytes)) ?? [])
        .reduce(0) { $0 + ($1.root.map(keyCount) ?? 0) }
      #expect(set.counts.consumedKeys + set.counts.reportedKeys == keys, "\(file.name)")
      #expect(
        set.counts.rejected == 0 || set.hasErrors, "\(file.name) is rejected without an error")
      let counts = set.counts
      #expect(
        counts.documents
          == counts.empty + counts.lists + counts.read + counts.notSimulated + counts.rejected,
        "\(file.name)")
      consumed += set.counts.consumedKeys
      reported += set.counts.reportedKeys
    }
    let all = ManifestReader.read(files: files)
    #expect(all.counts.consumedKeys == consumed)
    #expect(all.counts.reportedKeys == reported)
    print(
      "corpus: \(files.count) files, \(all.counts.read) documents read,",
      "\(all.counts.notSimulated) not simulated, \(all.counts.rejected) rejected,",
      "\(consumed) keys consumed, \(reported) reported")
    // The page that publishes the counts.
    let page = try String(
      contentsOf: Corpus.package.appending(path: "docs/manifests.md"), encoding: .utf8)
    let rows = [
      ("read", all.counts.read), ("not simulated", all.counts.notSimulated),
      ("rejected", all.counts.rejected), ("empty", all.counts.empty), ("all", all.counts.documents),
    ]
    for (word, count) in rows {
      #expect(
        page.contains("\n| \(word) | \(count) |\n"),
        "docs/manifests.md is stale: write what `wavetank validate` counts")
    }
    for rejection in all.counts.rejections {
      #expect(
        page.contains("| `\(rejection.location.description)` |"), "docs/manifests.md is stale")
    }
    if ProcessInfo.processInfo.environment["CORPUS_DIAGNOSTICS"] != nil {
      for diagnostic in all.diagnostics { print(diagnostic) }
    }
  }

  private func keyCount(_ node: YAML.Node) -> Int {
    switch node.value {
    case .scalar: 0
    case .sequence(let nodes): nodes.reduce(0) { $0 + keyCount($1) }
    case .mapping(let pairs):
      pairs.reduce(0) { $0 + 1 + keyCount($1.key) + keyCount($1.value) }
    }
  }
}

enum Corpus {
  static let package: URL = {
    var url = URL(fileURLWithPath: #filePath)
    while !FileManager.default.fileExists(atPath: url.appending(path: "Package.swift").path) {
      url.deleteLastPathComponent()
    }
    return url
  }()

  static let folder: String = {
    if let named = ProcessInfo.processInfo.environment["SHARED_DIR"] {
      return named + "/corpus/manifests"
    }
    return package.appending(path: "../shared/corpus/manifests").standardizedFileURL
      .resolvingSymlinksInPath().path
  }()

  static let isPresent: Bool = {
    let isPresent = FileManager.default.fileExists(atPath: folder)
    if !isPresent {
      FileHandle.standardError.write(
        Data("NOT CHECKED: \(folder) is absent; set SHARED_DIR to check against it\n".utf8))
    }
    return isPresent
  }()
}

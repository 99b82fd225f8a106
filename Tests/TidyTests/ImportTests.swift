import Testing

/// What each room may import: the table of docs/ARCHITECTURE.md.
@Suite struct ImportTests {
  static let core = [
    "Units", "Kernel", "ClusterAPI", "PromQL", "Control", "World", "Chaos", "Verdict",
  ]
  /// Besides `Units` and `Synchronization`.
  static let table: [(room: String, imports: [String])] = [
    ("Units", []),
    ("Kernel", []),
    ("ClusterAPI", []),
    ("PromQL", ["Kernel"]),
    ("Control", ["ClusterAPI", "PromQL"]),
    ("World", ["Kernel", "ClusterAPI", "PromQL", "Control"]),
    ("Chaos", ["ClusterAPI", "World"]),
    ("Verdict", ["Kernel", "ClusterAPI", "PromQL", "Control", "World"]),
    ("Manifests", ["ClusterAPI", "PromQL", "Control", "YAML", "Foundation"]),
    ("Recording", ["ClusterAPI", "Verdict", "SQLite", "Compression", "Foundation"]),
    (
      "Harness",
      core + ["Manifests", "Recording", "YAML", "Foundation", "Dispatch"]
    ),
    ("Reporting", ["ClusterAPI", "PromQL", "Recording", "Foundation"]),
    (
      "wavetank",
      core + [
        "Manifests", "Recording", "Harness", "Reporting", "Arguments", "SQLite", "YAML",
        "Foundation",
      ]
    ),
  ]

  private func imports(_ file: Tree.File) -> [String] {
    file.lines.compactMap { line in
      let words = line.split(separator: " ")
      guard let at = words.firstIndex(of: "import"), at <= 2, !line.hasPrefix(" "),
        words[..<at].allSatisfy({ ["public", "package", "internal", "@testable"].contains($0) })
      else { return nil }
      return words.dropFirst(at + 1).first.map { String($0.split(separator: ".")[0]) }
    }
  }

  @Test(arguments: table.map(\.room))
  func aRoomImportsWhatItsRowNames(room: String) throws {
    let row = try #require(ImportTests.table.first { $0.room == room })
    let files = Tree.files("Sources/" + room)
    #expect(!files.isEmpty)
    for file in files {
      for name in imports(file)
      where !row.imports.contains(name) && name != "Units" && name != "Synchronization" {
        Issue.record("\(file.path) imports \(name)")
      }
    }
  }

  @Test func theCoreIsSynchronousAndWithoutFoundation() {
    for room in ImportTests.core {
      for file in Tree.files("Sources/" + room) {
        for (index, line) in file.code.enumerated() {
          let words = line.split { " ({".contains($0) }
          for word in ["Foundation", "Synchronization", "async", "await", "actor"]
          where words.contains(Substring(word)) {
            Issue.record("\(file.path):\(index + 1) has `\(word)`")
          }
        }
      }
    }
  }

  @Test func supportKnowsNothingOfClusters() {
    for file in Tree.files("Sources/Support") {
      for name in imports(file) where ["ClusterAPI", "World", "Harness", "Units"].contains(name) {
        Issue.record("\(file.path) imports \(name)")
      }
    }
  }
}

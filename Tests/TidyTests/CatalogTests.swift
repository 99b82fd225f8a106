import Testing

/// A folder and its catalog name the same things.
@Suite struct CatalogTests {
  static let catalogs: [(folder: String, catalog: String, isType: Bool, others: [String])] = [
    ("Sources/Chaos/Faults", "Sources/Chaos/FaultCatalog.swift", true, []),
    (
      "Sources/Verdict/Findings/Rules", "Sources/Verdict/Findings/FindingCatalog.swift", true, []
    ),
    (
      "Sources/Verdict/Invariants", "Sources/Verdict/Invariants/Invariant.swift", true,
      ["Invariant"]
    ),
    (
      "Sources/Manifests/Kinds", "Sources/Manifests/Kinds/KindCatalog.swift", false,
      ["KindCatalog", "KindReader"]
    ),
  ]

  @Test(arguments: catalogs.map(\.folder))
  func eachFileHasItsLine(folder: String) throws {
    let rule = try #require(CatalogTests.catalogs.first { $0.folder == folder })
    let catalog = try #require(
      (Tree.sources).first { $0.path == rule.catalog }, "\(rule.catalog) is not there")
    let lines = catalog.lines.map { $0.split(separator: " ").joined() }
    for file in Tree.files(folder) {
      let name = String(file.path.split(separator: "/").last?.dropLast(6) ?? "")
      if rule.others.contains(name) { continue }
      let entry =
        rule.isType ? "\(name).self," : ".\(name.prefix(1).lowercased())\(name.dropFirst()),"
      #expect(lines.contains(entry), "\(rule.catalog) has no line `\(entry)` for \(file.path)")
    }
  }

  @Test(arguments: [
    "Sources/Chaos/FaultCatalog.swift", "Sources/Verdict/Invariants/Invariant.swift",
    "Sources/Verdict/Findings/FindingCatalog.swift",
  ])
  func linesAreInOrder(path: String) throws {
    let file = try #require(Tree.sources.first { $0.path == path })
    let entries = file.lines.map { $0.split(separator: " ").joined() }.filter {
      $0.hasSuffix(".self,")
    }
    #expect(!entries.isEmpty)
    #expect(entries == entries.sorted())
  }
}

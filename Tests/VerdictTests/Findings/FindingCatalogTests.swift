import Foundation
import Testing
import Verdict

@Suite struct FindingCatalogTests {
  static let docs = URL(filePath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
    .appending(path: "docs/findings")

  @Test func idsAreUniqueAndRulesAreInOrder() {
    let ids = FindingCatalog.all.map { $0.id }
    #expect(Set(ids).count == ids.count)
    let names = FindingCatalog.all.map { String(describing: $0) }
    #expect(names == names.sorted())
    for id in ids {
      #expect(id.allSatisfy { $0 == "-" || ("a"..."z").contains($0) }, "\(id)")
      #expect(FindingCatalog.rule(id)?.id == id)
    }
  }

  @Test func eachRuleHasItsPage() throws {
    for rule in FindingCatalog.all {
      let page = FindingCatalogTests.docs.appending(path: rule.id + ".md")
      let text = try String(contentsOf: page, encoding: .utf8)
      #expect(text.hasPrefix("# \(rule.id)\n"))
      for heading in ["When it goes wrong", "Example", "What to write instead", "Source"] {
        #expect(text.contains("\n## \(heading)\n"), "\(rule.id) does not say: \(heading)")
      }
    }
  }

  @Test func eachPageHasItsRule() throws {
    let pages = try FileManager.default.contentsOfDirectory(
      atPath: FindingCatalogTests.docs.path(percentEncoded: false))
    for page in pages where page.hasSuffix(".md") && page != "README.md" {
      #expect(FindingCatalog.rule(String(page.dropLast(3))) != nil, "\(page) has no rule")
    }
  }
}

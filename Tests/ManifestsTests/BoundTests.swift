import ClusterAPI
import Manifests
import Testing
import YAML

/// Texts made to exhaust a reader are refused, with a place and a reason.
struct BoundTests {
  private func only(_ set: ManifestSet) -> Diagnostic? {
    #expect(set.counts.rejected == 1)
    #expect(set.objects.isEmpty)
    #expect(set.diagnostics.count == 1)
    #expect(set.diagnostics.first?.severity == .error)
    return set.diagnostics.first
  }

  @Test func anAliasBombIsRefused() throws {
    // Nine levels of nine aliases: 387 million nodes in 300 bytes.
    var text = "a0: &a0 [x, x, x, x, x, x, x, x, x]\n"
    for level in 1...8 {
      let aliases = Array(repeating: "*a\(level - 1)", count: 9).joined(separator: ", ")
      text += "a\(level): &a\(level) [\(aliases)]\n"
    }
    let found = try #require(only(read(text)))
    #expect(found.location.line > 1)
    #expect(found.message.contains("nodes"))
  }

  @Test(arguments: ["[", "{a: ", "- "])
  func deepNestingIsRefused(_ opening: String) throws {
    let found = try #require(only(read(String(repeating: opening, count: 100_000))))
    #expect(found.location.line == 1)
    #expect(found.location.column > 1)
    #expect(found.message.contains("deep"), "\(found.message)")
  }

  @Test func nestingWithinTheBoundIsRead() {
    let deep = String(repeating: "[", count: 150) + String(repeating: "]", count: 150)
    let set = read("apiVersion: a/v1\nkind: Tree\nmetadata: {name: a}\nspec: \(deep)")
    #expect(set.counts.notSimulated == 1)
  }

  @Test func hugeFilesAreRefusedUnread() throws {
    let size = Limits.standard.maximumBytes + 1
    let set = ManifestReader.read(
      files: [("huge.yaml", [UInt8](repeating: UInt8(ascii: "#"), count: size))])
    let found = try #require(only(set))
    #expect(found.location.description == "huge.yaml:1:1")
    #expect(found.message.contains("\(size)"))
    #expect(found.remedy == "split the file")
  }

  @Test func manyDocumentsAreRefused() throws {
    let set = ManifestReader.read(
      files: [("many.yaml", Array(String(repeating: "---\n", count: 20).utf8))],
      limits: Limits(maximumDocuments: 10))
    let found = try #require(only(set))
    #expect(found.remedy == "split the file")
  }

  @Test(arguments: [
    [0x61, 0x3A, 0x20, 0xC3, 0x28], [0xFF, 0xFE, 0x61, 0x00], [0x61, 0xED, 0xA0, 0x80],
  ])
  func whatIsNotUTF8IsRefused(_ bytes: [UInt8]) throws {
    let found = try #require(only(ManifestReader.read(files: [("a.yaml", bytes)])))
    #expect(found.message.contains("UTF-"))
    #expect(found.remedy == "save the file as UTF-8")
  }

  @Test func longWordsAreCutInMessages() throws {
    let word = String(repeating: "x", count: 1_000_000)
    let set = read("apiVersion: v1\nkind: Namespace\nmetadata: {name: a}\n? \(word)\n: 1")
    let found = try #require(set.diagnostics.first)
    #expect(set.counts.read == 1)
    #expect(found.description.utf8.count < 1000, "\(found.description.utf8.count)")
  }
}

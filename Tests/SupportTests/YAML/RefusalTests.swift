import Testing
import YAML

@Suite struct RefusalTests {
  private func error(_ text: String, _ limits: Limits = .standard) -> YAMLError? {
    error(Array(text.utf8), limits)
  }

  private func error(_ bytes: [UInt8], _ limits: Limits = .standard) -> YAMLError? {
    do throws(YAMLError) {
      _ = try parse(bytes: bytes, limits: limits)
      return nil
    } catch {
      return error
    }
  }

  @Test func grammarErrorsCarryPositionAndContext() throws {
    let found = try #require(error("a: 1\nb: [1, 2\nc: 3\n"))
    #expect(found.kind == .syntax)
    #expect(found.mark.line == 3)
    #expect(found.message.contains("that starts at 2:4"))
    #expect(error("a: b: c\n")?.mark == Mark(line: 1, column: 5, offset: 4))
    #expect(error("a:\n\t- b\n")?.mark.line == 2)
  }

  @Test func controlCharactersAreNamed() throws {
    let found = try #require(error("a: 1\nb: \u{7}x\n"))
    #expect(found.kind == .syntax)
    #expect(found.mark == Mark(line: 2, column: 4, offset: 8))
    #expect(found.message.hasSuffix("(U+0007)"))
  }

  @Test(
    arguments: [
      [0x80], [0xC0, 0x80], [0xC3], [0xC3, 0x28], [0xE0, 0x80, 0x80], [0xED, 0xA0, 0x80],
      [0xE2, 0x82], [0xF0, 0x80, 0x80, 0x80], [0xF4, 0x90, 0x80, 0x80], [0xFF], [0xF5, 0x80],
    ] as [[UInt8]])
  func bytesThatAreNotUTF8AreRefusedWithTheirPlace(bad: [UInt8]) throws {
    let found = try #require(error(Array("é: 1\r\nüb: ".utf8) + bad))
    #expect(found.kind == .notUTF8)
    #expect(found.mark == Mark(line: 2, column: 5, offset: 12))
  }

  @Test func wellFormedUTF8Passes() {
    #expect(error("a: \u{7FF}\u{800}\u{FFFD}\u{10000}\u{10FFFF}\u{E000}") == nil)
  }

  @Test func utf16IsRecognised() throws {
    let found = try #require(error([0xFF, 0xFE, 0x61, 0x00, 0x3A, 0x00]))
    #expect(found.message.contains("UTF-16"))
  }

  @Test func aliasBombsAreRefused() throws {
    var text = "a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n"
    for level in 1...30 {
      let aliases = Array(repeating: "*a\(level - 1)", count: 10).joined(separator: ", ")
      text += "a\(level): &a\(level) [\(aliases)]\n"
    }
    let found = try #require(error(text))
    #expect(found.kind == .tooManyNodes)
    #expect(found.mark.line == 6)
  }

  @Test func aliasBombsThroughMergesAreRefused() throws {
    var text = "a0: &a0 {k0: v}\n"
    for level in 1...60 {
      text += "a\(level): &a\(level) {k\(level): *a\(level - 1), <<: *a\(level - 1)}\n"
    }
    #expect(error(text)?.kind == .tooManyNodes)
  }

  @Test func aliasesCannotNestDeeperThanTheLimit() throws {
    var text = "a0: &a0 [x]\n"
    for level in 1...250 { text += "a\(level): &a\(level) [*a\(level - 1)]\n" }
    let found = try #require(error(text))
    #expect(found.kind == .tooDeep)
    #expect(found.mark.line == 200)
  }

  @Test func aliasesNeedACompleteAnchor() {
    #expect(error("a: *missing\n")?.kind == .badAlias)
    #expect(error("a: &a [*a]\n")?.kind == .badAlias)
    #expect(error("a: &a {b: {c: *a}}\n")?.kind == .badAlias)
    #expect(error("--- &a x\n--- *a\n")?.kind == .badAlias)
  }

  @Test(arguments: ["[", "{a: ", "- ", "? "])
  func deepNestingIsRefused(opening: String) {
    #expect(error(String(repeating: opening, count: 2_000_000))?.kind == .tooDeep)
    #expect(error(String(repeating: opening, count: 200) + "x", .standard)?.kind != .tooDeep)
  }

  @Test func manyNodesDocumentsBytesAndDirectivesAreRefused() {
    #expect(error("[" + String(repeating: "a,", count: 1_000_001) + "]")?.kind == .tooManyNodes)
    #expect(error(String(repeating: "---\n", count: 100_001))?.kind == .tooManyDocuments)
    #expect(error("aaaa", Limits(maximumBytes: 3))?.kind == .tooManyBytes)
    #expect(error("a: [1, 2]", Limits(maximumNodes: 5)) == nil)
    #expect(error("a: [1, 2]", Limits(maximumNodes: 4))?.kind == .tooManyNodes)
    let directives = (0..<100_000).map { "%TAG !t\($0)! x" }.joined(separator: "\n")
    #expect(error(directives + "\n--- a\n")?.kind == .syntax)
  }

  @Test func anySingleByteBrokenIsAnAnswerNotACrash() {
    let text = Array("a: &x [1, 'b', \"c\\n\"]\nd: {<<: *x, e: |\n  f\n}\n--- !t\n? g\n: h\n".utf8)
    var refused = 0
    for index in text.indices {
      for byte: UInt8 in [0, 9, 10, 0x22, 0x25, 0x26, 0x2A, 0x3A, 0x5B, 0x7B, 0x80, 0xFF] {
        var broken = text
        broken[index] = byte
        if error(broken) != nil { refused += 1 }
      }
      if error(Array(text[..<index])) != nil { refused += 1 }
    }
    #expect(refused > text.count)
  }
}

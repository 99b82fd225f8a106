import Testing
import YAML

@Suite struct ParseTests {
  private func only(_ text: String) throws -> Document {
    let documents = try parse(text)
    try #require(documents.count == 1)
    return documents[0]
  }

  @Test func keepsOrderPositionsAndStyles() throws {
    let text = "b: 'x'\na:\n- 1\n- |\n  two\n  lines\n- \"\\u00e9\"\n"
    let root = try #require(try only(text).root)
    let pairs = try #require(root.mapping)
    #expect(pairs.map(\.key.scalar?.text) == ["b", "a"])
    #expect(pairs[0].value.scalar == Scalar("x", style: .singleQuoted))
    #expect(pairs[0].value.mark == Mark(line: 1, column: 4, offset: 3))
    let items = try #require(pairs[1].value.sequence)
    #expect(items.map(\.mark.line) == [3, 4, 7])
    #expect(items[1].scalar == Scalar("two\nlines\n", style: .literal))
    #expect(items[2].scalar == Scalar("é", style: .doubleQuoted))
  }

  @Test func offsetsAreBytesAndColumnsAreCharacters() throws {
    let root = try #require(try only("é: ü\nk: v\n").root)
    let pairs = try #require(root.mapping)
    #expect(pairs[0].value.mark == Mark(line: 1, column: 4, offset: 4))
    #expect(pairs[1].value.mark == Mark(line: 2, column: 4, offset: 10))
  }

  @Test func readsCarriageReturnsAndByteOrderMark() throws {
    let root = try #require(try only("\u{FEFF}a: 1\r\nb:\r\n  c: x\r\n").root)
    #expect(root["b"]?["c"]?.scalar?.text == "x")
    #expect(root["b"]?["c"]?.mark == Mark(line: 3, column: 6, offset: 18))
  }

  @Test(arguments: [
    ("", 0), ("# only\n# comments\n", 0), ("---\n", 1), ("---\n---\n# c\n---\n", 3),
  ])
  func emptyDocumentsHaveNoRoot(text: String, count: Int) throws {
    let documents = try parse(text)
    #expect(documents.count == count)
    #expect(documents.allSatisfy { $0.root == nil })
  }

  @Test func anExplicitEmptyStringIsARoot() throws {
    #expect(try only("--- ''\n").root?.scalar?.text == "")
  }

  @Test func remembersHelmsSourceComments() throws {
    let text = """
      # Source: first.yaml
      a: 1
      ---
      # Source: chart/templates/web.yaml
      # another
      b: 2
      ---
      c: 3
      # Source: not-leading.yaml
      ---
      # Source: empty.yaml
      ---
      %YAML 1.1
      """
    let documents = try parse(String(text.dropLast("---\n%YAML 1.1".utf8.count)))
    #expect(
      documents.map(\.sourceComment)
        == ["first.yaml", "chart/templates/web.yaml", nil, "empty.yaml"])
    #expect(documents.map(\.mark.line) == [2, 3, 7, 10])
  }

  @Test func expandsAliases() throws {
    let root = try #require(try only("a: &x {k: [1, 2]}\nb: *x\nc: [*x, *x]\n").root)
    #expect(root["b"]?["k"]?.sequence?.count == 2)
    #expect(root["b"]?.mark == root["a"]?.mark)
    #expect(root["c"]?.sequence?.last?["k"]?.sequence?.first?.scalar?.text == "1")
  }

  @Test func mergesKeysAndLetsTheMappingWin() throws {
    let text = """
      base: &base {a: 1, b: 2}
      other: &other {b: 3, c: 4}
      one: {b: 9, <<: *base}
      two: {<<: [*base, *other], d: 5}
      quoted: {"<<": 1}
      """
    let root = try #require(try only(text).root)
    func texts(_ key: String) -> [String] {
      (root[key]?.mapping ?? []).map {
        "\($0.key.scalar?.text ?? "?")=\($0.value.scalar?.text ?? "?")"
      }
    }
    #expect(texts("one") == ["b=9", "a=1"])
    #expect(texts("two") == ["d=5", "a=1", "b=2", "c=4"])
    #expect(texts("quoted") == ["<<=1"])
  }

  @Test func listsAllProblemsAndKeepsTheLaterValue() throws {
    let document = try only(
      """
      a: 1
      b: {x: 1, "x": 2}
      a: 2
      ? [k]
      : v
      on: 1
      true: 2
      m: {<<: 5}
      n: !!int five
      """)
    let root = try #require(document.root)
    #expect(root["a"]?.scalar?.text == "2")
    #expect(document.problems.map(\.mark.line) == [2, 3, 4, 7, 8, 9])
    #expect(document.problems[0].kind == .duplicateKey(first: Mark(line: 2, column: 5, offset: 9)))
    #expect(document.problems[1].message == "key \"a\" is already set at 1:1")
    #expect(document.problems[2].kind == .unsupportedKey)
    #expect(document.problems[3].message == "key \"true\" is already set at 6:1")
    #expect(document.problems[4].kind == .badMerge)
    #expect(document.problems[5].message == "cannot decode `five` as !!int")
  }
}

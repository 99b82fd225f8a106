import Testing

@testable import PromQL

@Suite struct LabelPatternTests {
  @Test(arguments: [
    ("a|b", "a", true), ("a|b", "ab", false), ("", "", true), ("", "a", false),
    ("prod-.*", "prod-eu", true), ("prod-.*", "xprod-eu", false), ("prod-.*", "prod-\n", true),
    (".+", "", false), (".+", "\n", true), (".*", "", true), ("a.b", "a\nb", true),
    ("(?i)straße", "STRAẞE", true), ("(?i)k", "\u{212A}", true), ("k", "\u{212A}", false),
    ("[[:alpha:]_]+", "a_Z", true), ("\\pL+", "żółw", true), ("\\p{Han}", "漢", true),
    ("\\p{Sc}", "€", true), ("x{2,3}", "xxxx", false), ("x{2,3}", "xxx", true),
    ("a$|b", "a", true), ("\\Qa.b\\E+", "a.bb", true), ("(?-s)a.b", "a\nb", false),
    ("é", "e\u{301}", false), ("e\u{301}", "e\u{301}", true), ("(?m)a$\n^b", "a\nb", true),
    ("x{,2}", "x{,2}", true), ("5..|429", "503", true), ("5..|429", "5030", false),
  ])
  func wholeTextsMatch(pattern: String, text: String, expected: Bool) throws {
    #expect(try LabelPattern(pattern).matches(text) == expected)
    #expect(try LabelPattern(pattern).countedMatch(text).matches == expected)
  }

  @Test(arguments: [
    ("a{1001}", 1), ("a{2,1}", 1), ("(a{100}){11}", 8), ("ab(", 2), ("é\\8", 2), ("[b-a]", 1),
    ("a**", 1), ("a)", 1), ("[a", 0), ("\\p{Klingon}", 0),
  ])
  func errorsTellWhere(pattern: String, offset: Int) {
    let error = #expect(throws: PatternError.self) { try LabelPattern(pattern) }
    #expect(error?.offset == offset)
  }

  @Test func repetitionIsBounded() throws {
    #expect(throws: PatternError.self) { try LabelPattern("(?:y{1000}z){2}") }
    #expect(throws: PatternError.self) {
      try LabelPattern(String(repeating: "x{1000}", count: 110))
    }
    #expect(try LabelPattern("x{1000}").matches(String(repeating: "x", count: 1000)))
    let deep = String(repeating: "(", count: 10_000)
    #expect(throws: PatternError.self) { try LabelPattern(deep) }
  }

  @Test func alternativesAreListed() throws {
    #expect(try LabelPattern("a|b(c|d)e|").literals == ["a", "bce", "bde", ""])
    #expect(try LabelPattern("a|b.").literals == nil)
    let names = (0..<5000).map { "pod-\($0)" }
    let many = try LabelPattern(names.joined(separator: "|"))
    #expect(many.literals == names)
    #expect(many.matches("pod-4999") && !many.matches("pod-5000"))
  }

  @Test func groupsFillTemplates() throws {
    let pattern = try LabelPattern("(?P<host>[^:]+):(\\d+)(x)?")
    let groups = try #require(pattern.groups(in: "db1:5432"))
    #expect(groups == ["db1:5432", "db1", "5432", nil])
    #expect(pattern.groupNames == [nil, "host", nil, nil])
    for (template, filled) in [
      ("$1/$2", "db1/5432"), ("${host}-$host", "db1-db1"), ("$1x", ""), ("${1}x", "db1x"),
      ("$$1", "$1"), ("$3|$9|$", "||$"), ("${", "${"), ("$01", ""), ("${1", "${1"), ("$-", "$-"),
    ] {
      #expect(pattern.expand(template, groups: groups) == filled, "\(template)")
    }
    #expect(pattern.groups(in: "db1") == nil)
    #expect(try LabelPattern("(.*)").groups(in: "a\nb") == ["a\nb", "a\nb"])
    #expect(try LabelPattern("(.+)").groups(in: "") == nil)
    #expect(try LabelPattern("((.*))").groups(in: "a") == ["a", "a", "a"])
    #expect(try LabelPattern("(?:.*)").groups(in: "a") == ["a"])
  }

  @Test func searchesReplaceFromLeftToRight() throws {
    #expect(try SearchPattern("a(x*)b").replacingAll(in: "-ab-axxb-", with: "${1}W") == "-W-xxW-")
    #expect(try SearchPattern("x*").replacingAll(in: "abxx", with: "-") == "-a-b-")
    #expect(try SearchPattern("^b").isFound(in: "ab") == false)
    #expect(try SearchPattern("b$").isFound(in: "ab"))
  }

  /// Twice the text may take twice the steps, not more.
  @Test(arguments: [
    "(a+)+b", "(a*)*b", "(a|aa)+b", "(a|a)*b", "(.*)(.*)(.*)(.*)(.*)[^a]", "(a?){50}b",
    "(?:a{1,100}){1,10}b", "(x+x+)+y|(a+a+)+b",
  ])
  func stepsGrowWithTheText(pattern: String) throws {
    let compiled = try LabelPattern(pattern)
    let short = compiled.countedMatch(String(repeating: "a", count: 1000))
    let long = compiled.countedMatch(String(repeating: "a", count: 2000))
    #expect(!short.matches && !long.matches)
    #expect(short.steps >= 1000)
    #expect(long.steps <= 2 * short.steps + 10_000)
  }
}

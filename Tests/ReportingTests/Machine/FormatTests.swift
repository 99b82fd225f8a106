import Foundation
import Recording
import Testing
import Units

@testable import Reporting

#if canImport(FoundationXML)
  import FoundationXML
#endif

/// Reads a document and counts its elements.
final class ElementCounter: NSObject, XMLParserDelegate {
  var counts: [String: Int] = [:]
  var attributes: [[String: String]] = []
  var text = ""

  func parser(
    _ parser: XMLParser, didStartElement name: String, namespaceURI: String?,
    qualifiedName: String?, attributes: [String: String]
  ) {
    counts[name, default: 0] += 1
    self.attributes.append(attributes)
  }

  func parser(_ parser: XMLParser, foundCharacters string: String) { text += string }

  /// nil where the document is not well-formed.
  static func read(_ xml: String) -> ElementCounter? {
    let counter = ElementCounter()
    let parser = XMLParser(data: Data(xml.utf8))
    parser.delegate = counter
    return parser.parse() ? counter : nil
  }
}

@Suite struct JUnitReportTests {
  @Test func aSuiteForEachScenarioAndACaseForEachSeed() throws {
    let counter = try #require(ElementCounter.read(JUnitReport.xml(Records.mixed)))
    #expect(counter.counts["testsuite"] == 3)
    #expect(counter.counts["testcase"] == 5)
    #expect(counter.counts["failure"] == 2)
    #expect(
      counter.attributes[0] == ["name": "wavetank", "tests": "5", "failures": "2", "errors": "0"])
    #expect(counter.attributes.contains { $0["type"] == "inconclusive" })
    #expect(counter.text.contains("wavetank replay shaky --seed 2"))
    #expect(counter.text.contains("rolled back revision 2"))
  }

  @Test func hostileTextStaysText() throws {
    let counter = try #require(ElementCounter.read(JUnitReport.xml(Records.hostile)))
    #expect(counter.counts["script"] == nil)
    #expect(counter.text.contains("<script>alert('x')</script>"))
  }

  @Test func anEmptySuiteIsWellFormed() {
    #expect(ElementCounter.read(JUnitReport.xml(Records.suite([]))) != nil)
  }
}

@Suite struct JSONReportTests {
  private func read(_ suite: SuiteRecord) throws -> [String: Any] {
    let object = try JSONSerialization.jsonObject(with: Data(JSONReport.json(suite).utf8))
    return try #require(object as? [String: Any])
  }

  @Test func eachRunHasItsFields() throws {
    let document = try read(Records.mixed)
    #expect(document["version"] as? String == "0.1.0")
    let runs = try #require(document["runs"] as? [[String: Any]])
    #expect(runs.count == 5)
    #expect(runs[3]["scenario"] as? String == "shaky")
    #expect(runs[3]["seed"] as? Int == 2)
    #expect(runs[3]["verdict"] as? String == "failed")
    #expect(runs[3]["score"] as? Int == 40)
    #expect(runs[3]["digest"] as? String == "a1b22")
    #expect(runs[3]["settledSeconds"] is NSNull)
    #expect(runs[0]["settledSeconds"] as? Double == 71)
    #expect(runs[0]["restorationSeconds"] as? Double == 36.4)
    let decisions = try #require(runs[0]["decisions"] as? [[String: Any]])
    #expect(decisions[0]["regret"] as? Int == -7276)
    #expect((decisions[0]["words"] as? String)?.contains("10.2 %") == true)
    let findings = try #require(runs[3]["findings"] as? [[String: Any]])
    #expect(findings[1]["atSeconds"] as? Double == 80.5)
  }

  @Test func keysKeepTheirOrder() throws {
    let text = JSONReport.json(Records.mixed)
    var rest = Substring(text)
    for key in ["version", "startedAt", "totals", "runs", "scenario", "seed", "verdict", "score"] {
      let range = try #require(rest.range(of: "\"\(key)\": "), "\(key)")
      rest = rest[range.upperBound...]
    }
  }

  @Test func hostileTextComesBackAsItWas() throws {
    let runs = try #require(try read(Records.hostile)["runs"] as? [[String: Any]])
    #expect(runs[0]["scenario"] as? String == Records.hostileText)
  }

  @Test func seedsKeepAllTheirDigits() {
    let text = JSONReport.json(Records.suite([Records.bare(seed: .max)]))
    #expect(text.contains("\"seed\": 18446744073709551615,"))
  }
}

@Suite struct GitHubReportTests {
  @Test func eachRunThatDidNotPassIsAnError() {
    let lines = GitHubReport.commands(Records.mixed).split(separator: "\n")
    #expect(lines.count == 2)
    #expect(
      lines[0].hasPrefix(
        "::error file=scenarios/rolling/a.yaml,title=shaky%2C seed 2%3A failed::broken "))
    #expect(lines[0].contains("%0Awavetank replay shaky --seed 2"))
  }

  @Test func theSummaryIsATable() {
    let text = GitHubReport.summary(Records.mixed)
    #expect(
      text.contains("### Wavetank: 5 runs of 3 scenarios: 3 passed, 1 failed, 1 inconclusive"))
    #expect(
      text.contains("| ✅ | steady | 2/2 | 91..92 | rolled back | 71 s | 240 | 150,000 | 0 |\n"))
    #expect(text.contains("- broken: NoRequestLost: 12 of 75000 requests lost"))
    #expect(GitHubReport.text(Records.mixed).hasSuffix(text))
  }

  @Test func hostileTextIsNeitherCommandNorMarkup() {
    let commands = GitHubReport.commands(Records.hostile).split(separator: "\n")
    #expect(commands.count == 2)
    #expect(commands.allSatisfy { $0.hasPrefix("::error file=<script>") })
    let summary = GitHubReport.summary(Records.hostile)
    let rows = summary.split(separator: "\n").filter { $0.contains("| ❌") }
    #expect(rows.count == 1)
    #expect(!rows[0].contains("<script>"))
  }
}

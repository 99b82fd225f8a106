import Foundation
import Testing

@testable import PromQL

/// Annotations and what Prometheus 2.42 fills them with.
///
/// A line of `Fixtures/promql/templates.txt` is the value of the sample `{instance="hN:80", job="api"}`, the template,
/// and the text or `!` for an error.
@Suite struct RecordedTemplateTests {
  static let lines: [[String]] = {
    let tests = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent()
    let path = tests.appending(path: "Fixtures/promql/templates.txt")
    let text = (try? String(contentsOf: path, encoding: .utf8)) ?? ""
    return text.split(separator: "\n").map { line in
      line.split(separator: "\t", omittingEmptySubsequences: false).map {
        $0.replacingOccurrences(of: "␤", with: "\n")
      }
    }
  }()

  /// Each value came with an instance of its own.
  static let values = [
    "0", "0.0001234", "1", "12.5", "1234567.891", "-98765.4321", "NaN", "Inf", "1e21", "43210",
    "0.30000000000000004", "1700000000.5",
  ]

  static func answer(_ text: String) throws(QueryError) -> [SeriesValue] {
    switch text {
    case "v":
      [("c", 3), ("b", 1), ("a", 2.5)].map { instance, value in
        SeriesValue(labels: Labels(name: "v", [Label("instance", instance)]), value: value)
      }
    case "nothing": []
    default: throw QueryError(.syntax, "unclosed left parenthesis")
    }
  }

  @Test func templatesAreFilledAsRecorded() throws {
    var wrong: [String] = []
    for fields in RecordedTemplateTests.lines {
      let index = try #require(RecordedTemplateTests.values.firstIndex(of: fields[0]))
      let labels = Labels(
        name: "x\(index)", [Label("job", "api"), Label("instance", "h\(index):80")])
      let data = TemplateData(
        labels: labels, value: try #require(Double(fields[0])),
        externalLabels: Labels([Label("region", "eu")]), time: 60_000)
      var text: String
      do {
        text = try Template(fields[1]).expanded(data, query: RecordedTemplateTests.answer)
      } catch {
        text = fields[2] == "!" ? "!" : "! \(error)"
      }
      if text != fields[2] { wrong.append("\(fields[0]): \(fields[1])\n  \(text)\n  \(fields[2])") }
    }
    #expect(RecordedTemplateTests.lines.count > 200)
    #expect(wrong.isEmpty, "\(wrong.count) differ:\n\(wrong.prefix(20).joined(separator: "\n"))")
  }
}

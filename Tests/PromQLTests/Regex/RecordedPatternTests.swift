import Foundation
import Testing

@testable import PromQL

/// Generated patterns and texts, with what Go 1.19's regexp package makes of them.
///
/// A line of `Fixtures/promql/patterns.txt` is a pattern and either `!` and an error, or three fields for each text:
/// the text, `-` or `+` and the groups of the whole match, and all matches put into `<>`.
@Suite struct RecordedPatternTests {
  static let lines: [[String]] = {
    let tests = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent()
    let path = tests.appending(path: "Fixtures/promql/patterns.txt")
    let text = (try? String(contentsOf: path, encoding: .utf8)) ?? ""
    return text.split(separator: "\n").map { line in
      line.split(separator: "\t", omittingEmptySubsequences: false).map {
        $0.replacingOccurrences(of: "␤", with: "\n")
      }
    }
  }()

  @Test func patternsMatchAsRecorded() throws {
    var pairs = 0
    var wrong: [String] = []
    for fields in RecordedPatternTests.lines where !fields[1].hasPrefix("!") {
      do {
        let pattern = try LabelPattern(fields[0])
        let search = try SearchPattern(fields[0])
        for index in stride(from: 1, to: fields.count, by: 3) {
          pairs += 1
          let text = fields[index]
          let groups = pattern.groups(in: text)
          let found = groups.map { groups in
            "+" + groups.dropFirst().map { $0 ?? "∅" }.joined(separator: "¦")
          }
          let isMatch = fields[index + 1] != "-"
          let replaced = search.replacingAll(in: text, with: "<$0>")
          let isSame =
            Array((found ?? "-").utf8) == Array(fields[index + 1].utf8)
            && pattern.matches(text) == isMatch && pattern.countedMatch(text).matches == isMatch
            && Array(replaced.utf8) == Array(fields[index + 2].utf8)
          if !isSame { wrong.append("\(fields[0]) on \(text): \(found ?? "-"), \(replaced)") }
        }
      } catch {
        wrong.append("\(fields[0]): \(error)")
      }
    }
    #expect(pairs > 3000)
    #expect(wrong.isEmpty, "\(wrong.count) differ:\n\(wrong.prefix(20).joined(separator: "\n"))")
  }

  @Test func errorsAreWordedAsRecorded() {
    var wrong: [String] = []
    var count = 0
    for fields in RecordedPatternTests.lines where fields[1].hasPrefix("!") {
      count += 1
      do {
        _ = try LabelPattern(fields[0])
        wrong.append("\(fields[0]): no error, not \(fields[1])")
      } catch {
        if "!" + error.message != fields[1] {
          wrong.append("\(fields[0]): \(error.message), not \(fields[1])")
        }
      }
    }
    #expect(count > 30)
    #expect(wrong.isEmpty, "\(wrong.count) differ:\n\(wrong.prefix(40).joined(separator: "\n"))")
  }
}

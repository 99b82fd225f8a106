import Foundation
import Harness
import Verdict

/// The measured part of `docs/evidence.md`.
public enum ReleaseDocs {
  private static let begin = "<!-- measured: written by make releases -->"
  private static let end = "<!-- end of what is measured -->"

  /// - Returns: nil where the page has no place for it.
  public static func page(_ page: String, _ results: [ReleaseResult]) -> String? {
    guard let from = page.range(of: begin), let to = page.range(of: end) else { return nil }
    return page[..<from.upperBound] + "\n\n" + text(results) + "\n" + page[to.lowerBound...]
  }

  private static func text(_ results: [ReleaseResult]) -> String {
    var lines = ["```", ReleaseResult.summary(results), "```", ""]
    lines += [
      "| Fix | Problem | Shown by | Bad side | Good side |", "| --- | --- | --- | --- | --- |",
    ]
    for result in results where result.pair.isFix { lines.append(row(result)) }
    lines += ["", "| Release | Errors | Warnings | Notes |", "| --- | --- | --- | --- |"]
    for result in results where !result.pair.isFix {
      let cells = [RehearsalFinding.Severity.error, .warning, .note].map { severity in
        ids(result.comparison.brought.map(\.finding).filter { $0.severity == severity })
      }
      lines.append("| \(result.pair.name) | \(cells.joined(separator: " | ")) |")
    }
    return lines.joined(separator: "\n") + "\n"
  }

  private static func row(_ result: ReleaseResult) -> String {
    let problem = result.pair.problem + (result.pair.needs == nil ? "" : " (needs)")
    guard let finding = result.shown.first else {
      return "| \(result.pair.name) | \(problem) | **missed** | | |"
    }
    let other = result.good.first { $0.identity == finding.identity }?.condition.words ?? "no"
    return
      "| \(result.pair.name) | \(problem) | \(finding.id) | \(finding.condition.words) | \(other) |"
  }

  /// Each id once, with how often.
  private static func ids(_ findings: [RehearsalFinding]) -> String {
    var counts: [(id: String, count: Int)] = []
    for finding in findings {
      if let index = counts.firstIndex(where: { $0.id == finding.id }) {
        counts[index].count += 1
      } else {
        counts.append((finding.id, 1))
      }
    }
    return counts.map { $0.count == 1 ? $0.id : "\($0.id) \($0.count)" }.joined(separator: ", ")
  }
}

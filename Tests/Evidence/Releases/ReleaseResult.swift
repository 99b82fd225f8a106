import ClusterAPI
import Foundation
public import Harness
public import Verdict

/// What a rehearsal finds in a recorded change.
public struct ReleaseResult: Sendable {
  public var pair: ReleasePair
  public var comparison: FindingComparison
  /// Of the side that has the problem, and of the other one: findings that answer to it.
  public var bad: [RehearsalFinding] = []
  public var good: [RehearsalFinding] = []
  public var seconds = 0.0

  public init(_ pair: ReleasePair) {
    self.pair = pair
    let begin = Date()
    var settings = Examination.Settings()
    settings.jobs = 2
    let trees = (base: ExaminedTree(pair.base), head: ExaminedTree(pair.head))
    let base = Examination(trees.base, settings).findings
    // The change from base to head is head's: base against itself has none.
    let head =
      Examination(trees.head, settings).findings
      + Examination.findings(from: trees.base, to: trees.head)
    comparison = FindingComparison(head, base: base)
    let ids = ProblemTable.findings[pair.problem] ?? []
    func answers(_ findings: [RehearsalFinding]) -> [RehearsalFinding] {
      findings.filter { ids.contains($0.id) }
    }
    (bad, good) = pair.isBaseBad ? (answers(base), answers(head)) : (answers(head), answers(base))
    seconds = Date().timeIntervalSince(begin)
  }

  /// Findings of the bad side that the good one has not, or from a clearly higher value on only.
  public var shown: [RehearsalFinding] {
    let comparison = FindingComparison(bad, base: good)
    let names = Set(comparison.brought.map(\.finding.identity))
    return bad.filter { finding in
      names.contains(finding.identity)
        && pair.changed.contains { $0.hasSuffix("/\(finding.object.name)") }
    }
  }

  public var isShown: Bool { !shown.isEmpty }

  public var words: String {
    var lines = ["\(pair.name) (\(String(format: "%.1f", seconds)) s)"]
    if pair.isFix {
      lines.append(
        "  \(isShown ? "shown" : "MISSED"): \(pair.problem)\(pair.needs == nil ? "" : ", needs \(pair.needs!)")"
      )
      for finding in shown {
        lines.append("    \(line(finding))")
        for other in good where other.identity == finding.identity {
          lines.append("      on the good side: \(other.condition.words)")
        }
      }
    } else {
      for row in comparison.brought {
        lines.append(
          "  \(row.standing.rawValue) \(row.finding.severity.word) \(line(row.finding))"
            + (row.before.map { ", before: \($0.words)" } ?? ""))
      }
    }
    return lines.joined(separator: "\n")
  }

  private func line(_ finding: RehearsalFinding) -> String {
    "\(finding.id) \(finding.object.description) \(finding.part): \(finding.message) [\(finding.condition.words)]"
  }

  public static func summary(_ results: [ReleaseResult]) -> String {
    let fixes = results.filter(\.pair.isFix)
    func count(_ some: [ReleaseResult]) -> String {
      "\(some.filter(\.isShown).count) of \(some.count)"
    }
    let releases = results.filter { !$0.pair.isFix }
    return """
      without needs: \(count(fixes.filter { $0.pair.needs == nil })) shown
      with needs: \(count(fixes.filter { $0.pair.needs != nil })) shown
      releases: \(count(fixes)) fixes shown, \
      \(releases.filter { !$0.comparison.brought.isEmpty }.count) of \(releases.count) releases with new findings
      """
  }
}

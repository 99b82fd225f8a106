import Recording
import Units

/// Why a run ended as it did, line by line.
enum RunStory {
  struct Line {
    /// Padded to the width of all labels.
    var label: String
    var text: String
  }

  /// Findings that are not met, what is pending, decisions, defects.
  static func why(_ run: RunRecord) -> [Line] {
    var lines: [Line] = []
    for finding in run.findings where finding.result != "met" {
      let at = finding.at.map { " (at \(Words.time($0)))" } ?? ""
      lines.append(line(finding.result, Words.finding(finding) + at))
    }
    lines += run.pending.map { line("pending", $0) }
    lines += run.decisions.map { line("decided", "\(Words.time($0.at)) \(Words.decision($0))") }
    lines += run.defects.map { line("defect", Words.defect($0)) }
    return lines
  }

  static func line(_ label: String, _ text: String) -> Line {
    let space = String(repeating: " ", count: max(1, 14 - label.count))
    return Line(label: label + space, text: text)
  }
}

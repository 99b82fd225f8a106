/// What came of many recordings, in words.
public struct FidelityReport: Sendable {
  public var results: [FidelityResult]

  public init(_ results: [FidelityResult]) { self.results = results }

  public var equalCount: Int { results.count { $0.isEqual } }
  /// 95 % of the sequences, and all final states.
  public var isMet: Bool {
    equalCount * 100 >= results.count * 95 && results.allSatisfy(\.isFinalEqual)
  }

  public var closingLine: String {
    let percent = results.isEmpty ? 0 : Double(equalCount) * 1000 / Double(results.count)
    return "fidelity: \(equalCount) of \(results.count) equal, \(percent.rounded() / 10) %"
  }

  static let columns = [
    "family", "recordings", "sequence equal", "with median delays", "final equal", "in time",
    "median time error", "worst",
  ]

  /// A row per family, and one for all.
  var rows: [[String]] {
    let families = Set(results.map(\.recording.family)).sorted()
    return families.map { family in
      row(family, results.filter { $0.recording.family == family })
    } + [row("all", results)]
  }

  private func row(_ name: String, _ own: [FidelityResult]) -> [String] {
    let errors = own.flatMap(\.timeErrors).map(\.magnitude).sorted()
    return [
      name, "\(own.count)", "\(own.count { $0.isEqual })",
      "\(own.count { $0.isEqualAtOnce })", "\(own.count { $0.isFinalEqual })",
      "\(own.count { $0.isInTime })",
      errors.isEmpty ? "-" : "\(errors[errors.count / 2].rounded3) s",
      errors.last.map { "\($0.rounded3) s" } ?? "-",
    ]
  }

  /// The table, every miss with its first differences, and the closing line.
  public var text: String {
    let all = [FidelityReport.columns] + rows
    let widths = FidelityReport.columns.indices.map { column in
      all.map { $0[column].count }.max() ?? 0
    }
    var lines = all.map { row in
      zip(row, widths).map { cell, width in
        String(repeating: " ", count: width - cell.count) + cell
      }.joined(separator: "  ")
    }
    for result in results where !result.isEqual || !result.isInTime {
      lines += ["", result.recording.name] + result.misses.map { "  " + $0 }
    }
    return (lines + ["", closingLine]).joined(separator: "\n")
  }

  /// The table as Markdown.
  var markdown: String {
    ([FidelityReport.columns, FidelityReport.columns.map { _ in "---" }] + rows)
      .map { "| " + $0.joined(separator: " | ") + " |" }.joined(separator: "\n")
  }
}

extension FidelityResult {
  /// The first differences of each check, and the first moment out of time.
  public var misses: [String] {
    var lines: [String] = []
    for (check, finding) in findings {
      lines += finding.differences.prefix(3).map { "\(check): \($0)" }
      if finding.differences.count > 3 {
        lines.append("\(check): and \(finding.differences.count - 3) more")
      }
      if let late = finding.late.first { lines.append("\(check), time: \(late)") }
    }
    return lines
  }
}

import Foundation

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

  /// The mean logarithm of the shares: what the simulator gave to that which happened. It is highest
  /// when its delays are spread as the real ones are.
  public var logarithm: Double {
    results.isEmpty
      ? 0 : results.reduce(0) { $0 + log($1.smoothedShare) } / Double(results.count)
  }

  static let columns = [
    "family", "recordings", "equal", "with median delays", "mean share of equal runs",
    "final equal", "in time", "median time error", "worst",
  ]

  /// A row per family, and one for all.
  var rows: [[String]] {
    let families = Set(results.map(\.recording.family)).sorted()
    return families.map { family in
      row(family, results.filter { $0.recording.family == family })
    } + [row("all", results)]
  }

  private func row(_ name: String, _ own: [FidelityResult]) -> [String] {
    let errors = own.flatMap(\.median.timeErrors).map(\.magnitude).sorted()
    let share = own.isEmpty ? 0 : own.reduce(0) { $0 + $1.share } / Double(own.count)
    return [
      name, "\(own.count)", "\(own.count { $0.isEqual })",
      "\(own.count { $0.median.isEqual })", FidelityReport.percent(share),
      "\(own.count { $0.isFinalEqual })", "\(own.count { $0.isInTime })",
      errors.isEmpty ? "-" : "\(errors[errors.count / 2].rounded3) s",
      errors.last.map { "\($0.rounded3) s" } ?? "-",
    ]
  }

  static func percent(_ share: Double) -> String { "\((share * 1000).rounded() / 10) %" }

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
      lines += ["", "\(result.recording.name): \(result.counts)"]
      lines += (result.miss?.misses ?? []).map { "  " + $0 }
    }
    lines += ["", "mean logarithm of the share of equal runs: \(logarithm.rounded3)"]
    return (lines + [closingLine]).joined(separator: "\n")
  }

  /// The table as Markdown.
  var markdown: String {
    ([FidelityReport.columns, FidelityReport.columns.map { _ in "---" }] + rows)
      .map { "| " + $0.joined(separator: " | ") + " |" }.joined(separator: "\n")
  }
}

extension FidelityResult {
  /// `3 of 100 runs equal, 2 of them in time`
  var counts: String { "\(equal) of \(runs) runs equal, \(equalInTime) of them in time" }

  /// `a-n1: with median delays equal; 3 of 100 runs equal, 2 of them in time; 100 end alike`
  public var line: String {
    "\(recording.name): with median delays \(median.isEqual ? "equal" : "not equal"); \(counts); "
      + "\(finalEqual) end alike"
  }
}

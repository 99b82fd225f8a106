public import Recording
import Units

/// What changed between two suites.
public enum ComparisonReport {
  public static func text(_ comparison: Comparison, color: Bool) -> String {
    let paint = Paint(isOn: color)
    var table = TextTable([
      .init(title: ""), .init(title: "SCENARIO"), .init(title: "METRIC"),
      .init(title: "BASELINE", isNumber: true), .init(title: "CANDIDATE", isNumber: true),
      .init(title: "DIFFERENCE (95 %)", isNumber: true), .init(title: "SEEDS", isNumber: true),
    ])
    let shown = comparison.rows.filter { $0.difference != 0 }
    for row in shown {
      let interval = row.interval.map { " ± \(figure($0, row.metric))" } ?? ""
      table.rows.append([
        row.isRegression ? "✗" : row.isImprovement ? "✓" : "·", row.scenario,
        name(row.metric), figure(row.baseline, row.metric), figure(row.candidate, row.metric),
        figure(row.difference, row.metric, sign: true) + interval, "\(row.seeds)",
      ])
    }
    var text =
      shown.isEmpty
      ? "no figure differs\n"
      : table.text(paint) { row, column in
        guard column == 0 else { return nil }
        return shown[row].isRegression ? .red : shown[row].isImprovement ? .green : .dim
      }
    text += "\n\(comparison.equalDigests) of \(comparison.pairs) runs have the same digest\n"
    for name in comparison.onlyInBaseline { text += "only in the baseline: \(name)\n" }
    for name in comparison.onlyInCandidate { text += "only in the candidate: \(name)\n" }
    let limits = comparison.thresholds
    text +=
      "regression: a seed that passed fails; mean score lower by more than \(limits.score); "
      + "failed requests up by more than \(limits.failedRatio * 100) % of all; times longer by more "
      + "than \(limits.seconds) s and \(limits.secondsShare * 100) %; and beyond the 95 % interval\n"
    text +=
      comparison.hasRegression ? paint("regression\n", .red) : paint("no regression\n", .green)
    return text
  }

  static func name(_ metric: Comparison.Metric) -> String {
    switch metric {
    case .passed: "passed"
    case .score: "score"
    case .failedRatio: "failed requests"
    case .settled: "settled"
    case .detection: "detection"
    case .belowMinimum: "below minimum"
    }
  }

  private static func figure(
    _ value: Double, _ metric: Comparison.Metric, sign: Bool = false
  ) -> String {
    let plus = sign && value > 0 ? "+" : ""
    func rounded(_ value: Double, _ digits: Double) -> Double {
      (value * digits).rounded() / digits
    }
    switch metric {
    case .passed: return "\(plus)\(rounded(value * 100, 10)) %"
    case .score: return "\(plus)\(rounded(value, 10))"
    case .failedRatio: return "\(plus)\(rounded(value * 100, 1000)) %"
    case .settled, .detection, .belowMinimum: return "\(plus)\(rounded(value, 10)) s"
    }
  }
}

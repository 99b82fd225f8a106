public import Recording
import Units

/// What changed between two suites.
public enum ComparisonReport {
  /// One of the two suites, as it is named in a report.
  public struct Side: Sendable {
    /// Such as `suite 12`.
    public var name: String
    public var startedAt: String
    public var version: String
    /// Runs of a suite that was interrupted, or still runs; nil: all were finished.
    public var finishedRuns: Int?

    public init(name: String, startedAt: String, version: String, finishedRuns: Int? = nil) {
      self.name = name
      self.startedAt = startedAt
      self.version = version
      self.finishedRuns = finishedRuns
    }

    var words: String {
      "\(name) of \(startedAt), version \(version)"
        + (finishedRuns.map { " (INCOMPLETE: \(Words.count($0, "run")) finished)" } ?? "")
    }
  }

  public static func text(
    _ comparison: Comparison, baseline: Side, candidate: Side, color: Bool
  ) -> String {
    let paint = Paint(isOn: color)
    var text = "baseline   \(baseline.words)\ncandidate  \(candidate.words)\n\n"
    let shown = comparison.rows.filter { $0.difference != 0 || $0.isRegression || $0.isImprovement }
    text += shown.isEmpty ? "no figure differs\n" : table(shown, paint)
    text += "\n"
    for (what, side) in [("baseline", baseline), ("candidate", candidate)]
    where side.finishedRuns != nil {
      text += "the \(what) was not finished: only the runs that both suites have are compared\n"
    }
    text += notes(comparison)
    text += limits(comparison.thresholds)
    let worse = comparison.rows.filter(\.isRegression)
    if comparison.hasRegression {
      let names = Set(worse.map(\.scenario)).sorted()
      text += paint(
        "regression: \(Words.count(worse.count, "figure")) of \(names.joined(separator: ", "))\n",
        .red)
    } else {
      text += paint("no regression\n", .green)
    }
    return text
  }

  private static func table(_ shown: [Comparison.Row], _ paint: Paint) -> String {
    var table = TextTable([
      .init(title: ""), .init(title: "SCENARIO"), .init(title: "METRIC"),
      .init(title: "BASELINE", isNumber: true), .init(title: "CANDIDATE", isNumber: true),
      .init(title: "DIFFERENCE (95 %)", isNumber: true), .init(title: "SEEDS", isNumber: true),
    ])
    for row in shown {
      let interval = row.interval.map { " ± \(figure($0, row.metric))" } ?? ""
      table.rows.append([
        mark(row), row.scenario, name(row.metric), figure(row.baseline, row.metric),
        figure(row.candidate, row.metric),
        figure(row.difference, row.metric, sign: true) + interval, "\(row.seeds)",
      ])
    }
    return table.text(paint) { row, column in
      guard column == 0 else { return nil }
      let row = shown[row]
      return row.isRegression
        ? .red : row.isImprovement ? .green : row.isUncertain ? .yellow : .dim
    }
  }

  private static func mark(_ row: Comparison.Row) -> String {
    row.isRegression ? "✗" : row.isImprovement ? "✓" : row.isUncertain ? "?" : "·"
  }

  private static func notes(_ comparison: Comparison) -> String {
    var text = ""
    for (scenario, seeds) in grouped(comparison.broken) {
      text += "passed and does not any more: \(scenario), \(seeds)\n"
    }
    for (scenario, seeds) in grouped(comparison.mended) {
      text += "did not pass and does now: \(scenario), \(seeds)\n"
    }
    for name in comparison.changedInputs { text += "made from other files: \(name)\n" }
    for name in comparison.onlyInBaseline { text += "only in the baseline: \(name)\n" }
    for name in comparison.onlyInCandidate { text += "only in the candidate: \(name)\n" }
    for (scenario, seeds) in grouped(comparison.unpaired) {
      text += "run in one of the suites only: \(scenario), \(seeds)\n"
    }
    if comparison.rows.contains(where: \.isUncertain) {
      text += "?: beyond the threshold, but within chance; more seeds would tell (--seeds)\n"
    }
    text += "\(comparison.equalDigests) of \(comparison.pairs) runs have the same digest\n"
    return text
  }

  private static func limits(_ limits: Comparison.Thresholds) -> String {
    "a regression is: a seed that passed fails; mean score lower by more than "
      + "\(Words.trimmed("\(limits.score)")); failed "
      + "requests up by more than \(figure(limits.failedRatio, .failedRatio)) of all; times longer "
      + "by more than \(Words.trimmed("\(limits.seconds)")) s and "
      + "\(Words.trimmed("\(limits.secondsShare * 100)")) %; and beyond the 95 % "
      + "interval of the difference between the same seeds\n"
  }

  /// Seeds by scenario, in words.
  private static func grouped(_ runs: [Comparison.Run]) -> [(scenario: String, seeds: String)] {
    var groups: [(scenario: String, seeds: [UInt64])] = []
    for run in runs {
      if let last = groups.indices.last, groups[last].scenario == run.scenario {
        groups[last].seeds.append(run.seed)
      } else {
        groups.append((run.scenario, [run.seed]))
      }
    }
    return groups.map { group in
      let noun = group.seeds.count == 1 ? "seed" : "seeds"
      return (group.scenario, noun + " " + group.seeds.map(String.init).joined(separator: ", "))
    }
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

  /// Digits without an exponent.
  private static func plain(_ number: Double) -> String {
    guard number != 0, abs(number) < 0.001 else { return "\(number)" }
    let scaled = Int64((number * 10_000_000).rounded())
    return Words.trimmed(Words.decimal(scaled, unit: 10_000_000, digits: 7))
  }

  private static func figure(
    _ value: Double, _ metric: Comparison.Metric, sign: Bool = false
  ) -> String {
    let plus = sign && value > 0 ? "+" : ""
    func rounded(_ value: Double, _ digits: Double) -> Double {
      (value * digits).rounded() / digits + 0
    }
    switch metric {
    case .passed: return "\(plus)\(rounded(value * 100, 10)) %"
    case .score: return "\(plus)\(rounded(value, 10))"
    case .failedRatio:
      // What is more than nothing is not written as 0.
      let digits: Double = abs(value) < 0.0001 ? 10_000_000 : 1000
      return "\(plus)\(plain(rounded(value * 100, digits))) %"
    case .settled, .detection, .belowMinimum: return "\(plus)\(rounded(value, 10)) s"
    }
  }
}

public import Recording
import Units

/// A suite as text for a terminal: the table of verdicts, why runs failed, totals, what next.
public enum TerminalReport {
  /// Failing runs of one scenario that are told in full.
  static let toldInFull = 3

  /// - Parameters:
  ///   - color: whether the terminal shows SGR colours.
  ///   - width: columns of the terminal; less important columns are left out where it is narrow.
  public static func text(_ suite: SuiteRecord, color: Bool, width: Int = 120) -> String {
    let paint = Paint(isOn: color)
    let summaries = ScenarioSummary.all(suite)
    guard !summaries.isEmpty else { return "no scenario was run\n" }
    var lines: [String] = []
    for summary in summaries where summary.verdict != .passed {
      lines += failures(summary, paint, width: width)
    }
    lines += ["", paint(suite.totals, suite.count(.passed) == suite.runs.count ? .green : .red)]
    lines.append(load(suite))
    lines += next(summaries, width: width)
    return table(summaries, paint, width) + lines.joined(separator: "\n") + "\n"
  }

  private static func table(_ summaries: [ScenarioSummary], _ paint: Paint, _ width: Int) -> String
  {
    var table = TextTable([
      .init(title: "SCENARIO", canBeCut: true), .init(title: "VERDICT"),
      .init(title: "PASSED", isNumber: true), .init(title: "SCORE", isNumber: true, rank: 1),
      .init(title: "OUTCOME", rank: 2), .init(title: "SETTLED", isNumber: true, rank: 3),
      .init(title: "FAILED", isNumber: true, rank: 4),
      .init(title: "REQUESTS", isNumber: true, rank: 6),
      .init(title: "BROKEN INVARIANTS", isNumber: true, rank: 5),
    ])
    for summary in summaries {
      table.rows.append([
        Wrapping.safe(summary.name), "\(mark(summary.verdict)) \(summary.verdict.rawValue)",
        "\(summary.passed)/\(summary.runs.count)", Words.range(summary.scores),
        summary.outcomeWords, summary.settled.map(Words.span) ?? "-",
        Words.count(summary.failed), Words.count(summary.requests),
        "\(summary.invariantsBroken)",
      ])
    }
    return table.text(paint, width: width) { row, column in
      switch column {
      case 1, 2: Paint.colour(summaries[row].verdict)
      case 8 where summaries[row].invariantsBroken > 0: .red
      default: nil
      }
    }
  }

  static func mark(_ verdict: RunRecord.Verdict) -> String {
    switch verdict {
    case .passed: "✓"
    case .failed: "✗"
    case .inconclusive: "?"
    }
  }

  private static func failures(
    _ summary: ScenarioSummary, _ paint: Paint, width: Int
  ) -> [String] {
    var lines: [String] = []
    for run in summary.notPassed.prefix(toldInFull) {
      lines.append("")
      lines.append(
        paint(
          "\(Wrapping.safe(run.scenario)), seed \(run.seed): \(run.verdict.rawValue), "
            + "score \(run.score)", Paint.colour(run.verdict)))
      lines += RunStory.why(run).flatMap { line in
        Wrapping.hanging("  \(line.label)", line.text, width: width)
      }
    }
    let others = summary.notPassed.dropFirst(toldInFull).map { "\($0.seed)" }
    if !others.isEmpty {
      lines += Wrapping.hanging(
        "  ", "not passed either: seeds \(others.joined(separator: ", "))", width: width)
    }
    return lines
  }

  private static func load(_ suite: SuiteRecord) -> String {
    "\(Words.count(suite.requests, "request")), \(Words.count(suite.failedRequests)) failed; "
      + "\(Words.count(suite.events, "event")) simulated"
  }

  private static func next(_ summaries: [ScenarioSummary], width: Int) -> [String] {
    let failing = summaries.filter { $0.verdict != .passed }.compactMap(\.shown)
    guard !failing.isEmpty else { return [] }
    var lines = ["", "What happened, step by step:"]
    lines += failing.prefix(5).map { "  " + Wrapping.safe(Words.replay($0)) }
    return lines
  }
}

public import Recording
import Units

/// A suite as text for a terminal: the table of verdicts, why runs failed, totals, what next.
public enum TerminalReport {
  /// Failing runs of one scenario that are told in full.
  static let toldInFull = 3

  /// - Parameters:
  ///   - color: whether the terminal shows SGR colours.
  ///   - width: columns of the terminal; less important columns are left out where it is narrow.
  public static func text(_ suite: SuiteRecord, color: Bool, width: Int) -> String {
    let style = Style(color: color)
    let summaries = ScenarioSummary.all(suite)
    guard !summaries.isEmpty else { return "no scenario was run\n" }
    var lines = table(summaries).lines(width: width, style: style)
    for summary in summaries where summary.verdict != .passed {
      lines += failures(summary, style: style, width: width)
    }
    lines += ["", style(suite.totals, suite.count(.passed) == suite.runs.count ? .green : .red)]
    lines.append(load(suite))
    lines += next(summaries, width: width)
    return lines.joined(separator: "\n") + "\n"
  }

  private static func table(_ summaries: [ScenarioSummary]) -> TextTable {
    var table = TextTable(columns: [
      .init(title: "SCENARIO"), .init(title: "VERDICT"), .init(title: "PASSED", isFigure: true),
      .init(title: "SCORE", isFigure: true, rank: 1), .init(title: "OUTCOME", rank: 2),
      .init(title: "SETTLED", isFigure: true, rank: 3),
      .init(title: "FAILED", isFigure: true, rank: 4),
      .init(title: "REQUESTS", isFigure: true, rank: 6),
      .init(title: "INVARIANTS BROKEN", isFigure: true, rank: 5),
    ])
    for summary in summaries {
      let paint = Style.paint(summary.verdict)
      let broken = summary.invariantsBroken
      table.rows.append([
        .init(text: Wrapping.safe(summary.name)),
        .init(text: summary.verdict.rawValue, paint: paint),
        .init(text: "\(summary.passed)/\(summary.runs.count)", paint: paint),
        .init(text: Words.range(summary.scores)), .init(text: summary.outcomeWords),
        .init(text: summary.settled.map(Words.span) ?? "-"),
        .init(text: Words.count(summary.failed)), .init(text: Words.count(summary.requests)),
        .init(text: "\(broken)", paint: broken > 0 ? .red : nil),
      ])
    }
    return table
  }

  private static func failures(
    _ summary: ScenarioSummary, style: Style, width: Int
  ) -> [String] {
    var lines: [String] = []
    for run in summary.notPassed.prefix(toldInFull) {
      lines.append("")
      lines.append(
        style(
          "\(Wrapping.safe(run.scenario)), seed \(run.seed): \(run.verdict.rawValue), "
            + "score \(run.score)", Style.paint(run.verdict)))
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
    "\(Words.counted(suite.requests, "request")), \(Words.count(suite.failedRequests)) failed; "
      + "\(Words.counted(suite.events, "event")) simulated"
  }

  private static func next(_ summaries: [ScenarioSummary], width: Int) -> [String] {
    let failing = summaries.filter { $0.verdict != .passed }.compactMap(\.shown)
    guard !failing.isEmpty else { return [] }
    var lines = ["", "What happened, step by step:"]
    lines += failing.prefix(5).map { "  " + Wrapping.safe(Words.replay($0)) }
    return lines
  }
}

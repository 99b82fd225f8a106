public import Recording
import Units

/// What has been run before.
public enum HistoryReport {
  public static func text(_ suites: [SuiteSummary], color: Bool) -> String {
    if suites.isEmpty { return "nothing has been run yet\n" }
    var table = TextTable([
      .init(title: "SUITE", isNumber: true), .init(title: "STARTED"), .init(title: "VERSION"),
      .init(title: "SCENARIOS", isNumber: true), .init(title: "PASSED", isNumber: true),
      .init(title: "MEAN SCORE", isNumber: true), .init(title: "COMMAND"),
    ])
    for suite in suites {
      let ended =
        suite.finishedAt != nil
        ? "" : suite.interruptedAt != nil ? " (interrupted)" : " (killed or running)"
      table.rows.append([
        "\(suite.id)", suite.startedAt + ended, suite.version, "\(suite.scenarios)",
        "\(suite.passed)/\(suite.runs)",
        suite.meanScore.map { "\(Double(Int($0 * 10 + 0.5)) / 10)" } ?? "-",
        suite.commandLine.joined(separator: " "),
      ])
    }
    return table.text(Paint(isOn: color))
  }

  public static func text(_ runs: [RunSummary], color: Bool) -> String {
    var table = TextTable([
      .init(title: "RUN", isNumber: true), .init(title: "SUITE", isNumber: true),
      .init(title: "STARTED"), .init(title: "SCENARIO"), .init(title: "SEED", isNumber: true),
      .init(title: "VERDICT"), .init(title: "SCORE", isNumber: true), .init(title: "OUTCOME"),
      .init(title: "SETTLED", isNumber: true), .init(title: "DIGEST"),
    ])
    for run in runs {
      table.rows.append([
        "\(run.id)", "\(run.suite)", run.startedAt, run.scenario, "\(run.seed)", run.verdict,
        "\(run.score)", Words.outcome(run.outcome), run.settled.map(Words.span) ?? "-", run.digest,
      ])
    }
    return table.text(Paint(isOn: color)) { row, column in
      column == 5 ? (runs[row].verdict == "passed" ? .green : .red) : nil
    }
  }
}

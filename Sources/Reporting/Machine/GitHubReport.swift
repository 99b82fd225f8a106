public import Recording
import Units

/// A suite for GitHub Actions: workflow commands for the log, Markdown for the step summary.
public enum GitHubReport {
  /// The commands, then the summary.
  public static func text(_ suite: SuiteRecord) -> String {
    commands(suite) + summary(suite)
  }

  /// One `::error` for each run that did not pass; empty where all passed.
  public static func commands(_ suite: SuiteRecord) -> String {
    var lines: [String] = []
    for summary in ScenarioSummary.all(suite) {
      for run in summary.notPassed {
        var properties: [String] = []
        if let file = summary.scenario?.files.first {
          properties.append("file=\(Escape.workflowProperty(file.name))")
        }
        let title = "\(run.scenario), seed \(run.seed): \(run.verdict.rawValue)"
        properties.append("title=\(Escape.workflowProperty(title))")
        let why = RunStory.why(run).map { $0.label + $0.text } + [Words.replay(run)]
        lines.append(
          "::error \(properties.joined(separator: ","))::"
            + Escape.workflowData(why.joined(separator: "\n")))
      }
    }
    return lines.map { $0 + "\n" }.joined()
  }

  /// For the file that `GITHUB_STEP_SUMMARY` names.
  public static func summary(_ suite: SuiteRecord) -> String {
    let summaries = ScenarioSummary.all(suite)
    var lines = [
      "### Wavetank: \(suite.totals)", "",
      "| | Scenario | Passed | Score | Outcome | Settled | Failed | Requests | Invariants broken |",
      "|---|---|---:|---:|---|---:|---:|---:|---:|",
    ]
    for summary in summaries {
      let cells = [
        mark(summary.verdict), Escape.markdown(summary.name),
        "\(summary.passed)/\(summary.runs.count)", Words.range(summary.scores),
        Escape.markdown(summary.outcomeWords), summary.settled.map(Words.span) ?? "-",
        Words.count(summary.failed), Words.count(summary.requests),
        "\(summary.invariantsBroken)",
      ]
      lines.append("| \(cells.joined(separator: " | ")) |")
    }
    let failing = summaries.compactMap { $0.verdict == .passed ? nil : $0.shown }
    if !failing.isEmpty { lines.append("") }
    for run in failing {
      lines.append(
        "**\(Escape.markdown(run.scenario))**, seed \(run.seed), \(run.verdict.rawValue):")
      lines += RunStory.why(run).map {
        "- \($0.label.prefix { $0 != " " }): \(Escape.markdown($0.text))"
      }
      lines += ["", "```", Words.replay(run), "```", ""]
    }
    return lines.joined(separator: "\n") + "\n"
  }

  private static func mark(_ verdict: RunRecord.Verdict) -> String {
    switch verdict {
    case .passed: "✅"
    case .failed: "❌"
    case .inconclusive: "⚠️"
    }
  }
}

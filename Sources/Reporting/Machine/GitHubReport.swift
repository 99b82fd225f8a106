public import Recording
import Units

/// A suite for GitHub Actions: workflow commands for what failed, and a summary in Markdown.
public enum GitHubReport {
  /// One `::error` for each scenario that failed, at its file.
  public static func commands(_ suite: SuiteRecord) -> String {
    var text = ""
    for summary in ScenarioSummary.all(suite) {
      guard let run = summary.failed.first else { continue }
      let broken = run.findings.filter { $0.result != "met" }
      let message =
        "\(summary.failed.count) of \(summary.runs.count) seeds failed; seed \(run.seed): "
        + broken.map { "\($0.name) \($0.result): \($0.detail)" }.joined(separator: "; ")
      let file = summary.scenario.files.first.map { "file=\(property($0.name))," } ?? ""
      text += "::error \(file)title=\(property(run.scenario))::\(data(message))\n"
    }
    return text
  }

  /// The table of verdicts, for the job's summary.
  public static func summary(_ suite: SuiteRecord) -> String {
    var text = "| | Scenario | Passed | Score | Outcome | Settled | Failed requests |\n"
    text += "|---|---|---:|---:|---|---:|---:|\n"
    for summary in ScenarioSummary.all(suite) {
      let mark = summary.verdict == .passed ? "✅" : "❌"
      text += "| \(mark) | \(cell(summary.scenario.name)) "
      text += "| \(summary.passed)/\(summary.runs.count) | \(summary.scores) "
      text += "| \(summary.outcomes) | \(summary.settled) | \(summary.failedShare) |\n"
    }
    return text
  }

  private static func cell(_ text: String) -> String {
    text.split(separator: "|", omittingEmptySubsequences: false).joined(separator: "\\|")
  }

  private static func data(_ text: String) -> String {
    var result = ""
    for character in text {
      switch character {
      case "%": result += "%25"
      case "\r", "\n", "\r\n": result += "%0A"
      default: result.append(character)
      }
    }
    return result
  }

  private static func property(_ text: String) -> String {
    data(text).split(separator: ":", omittingEmptySubsequences: false).joined(separator: "%3A")
      .split(separator: ",", omittingEmptySubsequences: false).joined(separator: "%2C")
  }
}

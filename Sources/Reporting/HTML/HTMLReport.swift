import ClusterAPI
public import Recording
import Units

/// A suite as one self-contained page: the table of verdicts, and a picture of each scenario.
public enum HTMLReport {
  public static func html(_ suite: SuiteRecord) -> String {
    let summaries = ScenarioSummary.all(suite)
    let passed = suite.runs.count { $0.verdict == .passed }
    var text = "<!doctype html>\n<html lang=\"en\"><head><meta charset=\"utf-8\">"
    text += "<meta name=\"viewport\" content=\"width=device-width,initial-scale=1\">"
    text += "<title>Wavetank: \(passed) of \(suite.runs.count) runs passed</title>"
    text += "<style>\(Style.css)</style></head><body><main>\n"
    text += "<h1>Wavetank report</h1>"
    text += "<p class=\"dim\">\(passed) of \(Words.count(suite.runs.count, "run")) passed · "
    text += "\(suite.startedAt.escaped) · version \(suite.version.escaped) · "
    text += "<code>\(suite.commandLine.joined(separator: " ").escaped)</code></p>\n"
    text += table(summaries)
    for summary in summaries { text += section(summary) }
    return text + "</main><script>\(Style.script)</script></body></html>\n"
  }

  private static func table(_ summaries: [ScenarioSummary]) -> String {
    let titles = [
      "Scenario", "Verdict", "Passed", "Score", "Outcome", "Settled", "Failed requests",
    ]
    var text = "<div class=\"wide\"><table data-sort><thead><tr>"
    for (index, title) in titles.enumerated() {
      let number = [2, 3, 5, 6].contains(index) ? " class=\"n\"" : ""
      text += "<th scope=\"col\"\(number)><button>\(title)</button></th>"
    }
    text += "</tr></thead><tbody>\n"
    for summary in summaries {
      let name = summary.scenario.name.escaped
      let worst = summary.runs.map(\.score).min() ?? 0
      let settled = summary.runs.compactMap(\.settled).map(\.ns).max() ?? -1
      text += "<tr><td><a href=\"#\(name)\">\(name)</a></td>"
      text += "<td class=\"\(summary.verdict.rawValue)\">\(summary.verdict.rawValue)</td>"
      text +=
        "<td class=\"n\" data-v=\"\(summary.passed)\">\(summary.passed)/\(summary.runs.count)</td>"
      text += "<td class=\"n\" data-v=\"\(worst)\">\(summary.scores)</td>"
      text += "<td>\(summary.outcomes.escaped)</td>"
      text += "<td class=\"n\" data-v=\"\(settled)\">\(summary.settled)</td>"
      text +=
        "<td class=\"n\" data-v=\"\(summary.failedRequests)\">\(summary.failedShare)</td></tr>\n"
    }
    return text + "</tbody></table></div>\n"
  }

  private static func section(_ summary: ScenarioSummary) -> String {
    let name = summary.scenario.name.escaped
    var text = "<section aria-label=\"\(name)\"><h2 id=\"\(name)\">\(name)"
    text +=
      "<span class=\"badge \(summary.verdict.rawValue)\">\(summary.verdict.rawValue)</span></h2>"
    text += "<p>\(summary.scenario.description.escaped)"
    text += "<br><span class=\"dim\">\(reference(summary.scenario.reference))</span></p>\n"
    guard let run = summary.shown else { return text + "</section>\n" }
    text += TimelinePicture(run).html
    text += "<div class=\"grid\"><div>\(findings(run))</div><div>\(scores(run))</div></div>"
    text += decisions(run) + defects(run) + story(run)
    if summary.runs.count > 1 { text += seeds(summary, shown: run) }
    return text + "</section>\n"
  }

  private static func reference(_ text: String) -> String {
    if text.hasPrefix("https://") {
      return "<a href=\"\(text.escaped)\" rel=\"noreferrer\">\(text.escaped)</a>"
    }
    return text.escaped
  }

  private static func findings(_ run: RunRecord) -> String {
    var text = "<h3>Expectations, seed \(run.seed)</h3><table><tbody>"
    for finding in run.findings {
      let when = finding.at.map { " at \(Words.time($0))" } ?? ""
      text += "<tr><td class=\"\(finding.result.escaped)\">\(finding.result.escaped)</td>"
      text += "<td><b>\(finding.name.escaped)</b>\(when)<br>\(finding.detail.escaped)</td></tr>"
    }
    return text + "</tbody></table>"
  }

  private static func scores(_ run: RunRecord) -> String {
    var text = "<h3>Score \(run.score)</h3><table><tbody>"
    for part in run.scoreParts {
      text += "<tr><td class=\"n\">\(part.points == 0 ? "0" : "−\(part.points)")</td>"
      text += "<td>\(part.name.escaped)</td><td class=\"dim\">\(part.detail.escaped)</td></tr>"
    }
    return text + "</tbody></table>"
  }

  private static func decisions(_ run: RunRecord) -> String {
    guard !run.decisions.isEmpty else { return "" }
    var text = "<h3>Decisions</h3><table><tbody>"
    for decision in run.decisions {
      text += "<tr><td class=\"\(decision.rating.escaped)\">\(decision.rating.escaped)</td>"
      text += "<td>\(TerminalReport.words(decision).escaped)</td></tr>"
    }
    return text + "</tbody></table>"
  }

  private static func defects(_ run: RunRecord) -> String {
    guard !run.defects.isEmpty else { return "" }
    var text = "<h3>Left behind</h3><table><thead><tr><th>Object</th><th>Field</th>"
    text += "<th>Without the change</th><th>Now</th></tr></thead><tbody>"
    for defect in run.defects {
      text += "<tr><td>\(defect.object.description.escaped)</td><td>\(defect.path.escaped)</td>"
      text += "<td>\((defect.expected ?? "absent").escaped)</td>"
      text += "<td class=\"broken\">\((defect.found ?? "absent").escaped)</td></tr>"
    }
    return text + "</tbody></table>"
  }

  private static func story(_ run: RunRecord) -> String {
    let lines = Story(run).lines(pods: false)
    var text = "<details><summary>Timeline (\(lines.count))</summary><table><tbody>"
    for line in lines.prefix(200) {
      text += "<tr><td class=\"t-at n\">\(Words.time(line.at))</td>"
      text += "<td class=\"t-topic topic-\(line.topic.rawValue)\">\(line.topic.rawValue)</td>"
      text += "<td>\(line.text.escaped)</td></tr>"
    }
    text += "</tbody></table>"
    if lines.count > 200 {
      text += "<p class=\"dim\">\(lines.count - 200) more: "
      text += "<code>wavetank replay \(run.scenario.escaped) --seed \(run.seed)</code></p>"
    }
    return text + "</details>"
  }

  private static func seeds(_ summary: ScenarioSummary, shown: RunRecord) -> String {
    var text = "<details><summary>All \(summary.runs.count) seeds</summary>"
    text += "<div class=\"wide\"><table><thead><tr><th class=\"n\">Seed</th><th>Verdict</th>"
    text += "<th class=\"n\">Score</th><th>Outcome</th><th class=\"n\">Settled</th>"
    text +=
      "<th class=\"n\">Failed</th><th>Errors over time</th><th>Digest</th></tr></thead><tbody>"
    for run in summary.runs {
      text += "<tr><td class=\"n\">\(run.seed)</td>"
      text += "<td class=\"\(run.verdict.rawValue)\">\(run.verdict.rawValue)</td>"
      text += "<td class=\"n\">\(run.score)</td><td>\(Words.outcome(run.outcome))</td>"
      text += "<td class=\"n\">\(run.settled.map(Words.span) ?? "-")</td>"
      text += "<td class=\"n\">\(Words.count(run.failed))</td>"
      text += "<td>\(Sparkline.svg(run))</td><td><code>\(run.digest.escaped)</code></td></tr>"
    }
    return text + "</tbody></table></div></details>"
  }
}

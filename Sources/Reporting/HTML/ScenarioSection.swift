import Recording
import Units

/// One scenario: the run that tells most in full, the other seeds in a table.
struct ScenarioSection {
  let summary: ScenarioSummary
  let index: Int

  init(_ summary: ScenarioSummary, index: Int) {
    self.summary = summary
    self.index = index
  }

  var html: String {
    let name = Escape.markup(summary.name)
    var parts = [
      "<section class=\"scenario\" aria-labelledby=\"s\(index)\">",
      "<h2 id=\"s\(index)\">\(name) \(Markup.chip(summary.verdict.rawValue))</h2>",
    ]
    if let scenario = summary.scenario {
      parts.append("<p>\(Escape.markup(scenario.description))</p>")
      if !scenario.reference.isEmpty {
        parts.append("<p class=\"dim\">\(Markup.reference(scenario.reference))</p>")
      }
    }
    if let run = summary.shown {
      parts.append(lead(run))
      parts.append(PictureFigure.html(run))
      parts.append(RunFacts(run).html)
    }
    if summary.runs.count > 1 { parts.append(seeds) }
    parts.append("</section>")
    return parts.joined(separator: "\n")
  }

  /// The shown run in a line of figures.
  private func lead(_ run: RunRecord) -> String {
    var facts = [
      "<b>Seed \(run.seed)</b>", Markup.chip(run.verdict.rawValue), "score \(run.score)",
    ]
    if let outcome = run.outcome {
      let settled = run.settled.map { " after \(Words.span($0))" } ?? ""
      facts.append(Escape.markup(Words.outcome(outcome)) + settled)
    }
    if let detection = run.detection { facts.append("detected after \(Words.span(detection))") }
    if let restoration = run.restoration {
      facts.append("restored within \(Words.span(restoration))")
    }
    facts.append("\(Words.count(run.failed)) of \(Words.count(run.requests, "request")) failed")
    if run.belowMinimum > .zero {
      facts.append("\(Words.span(run.belowMinimum)) below minimum availability")
    }
    return "<p class=\"lead\">\(facts.map { "<span>\($0)</span>" }.joined())</p>"
  }

  private var seeds: String {
    let heads = [
      "<th class=\"n\">Seed</th><th>Verdict</th><th class=\"n\">Score</th><th>Outcome</th>",
      "<th class=\"n\">Settled</th><th class=\"n\">Failed</th>",
      "<th>Ready pods, failed requests</th><th>Not met</th><th>Digest</th>",
    ]
    let rows = summary.runs.map { run in
      let broken = run.findings.filter { $0.result != "met" }.map(\.name)
      let cells = [
        Markup.figure("\(run.seed)", Int64(clamping: run.seed)),
        "<td>\(Markup.chip(run.verdict.rawValue))</td>",
        Markup.figure("\(run.score)", Int64(run.score)),
        "<td>\(Escape.markup(Words.outcome(run.outcome)))</td>",
        Markup.figure(run.settled.map(Words.span) ?? "–", run.settled?.ns ?? -1),
        Markup.figure(Words.count(run.failed), run.failed),
        "<td>\(Sparkline.svg(run))</td>",
        "<td>\(Escape.markup(broken.joined(separator: ", ")))</td>",
        "<td><code>\(Escape.markup(run.digest))</code></td>",
      ]
      return "<tr>\(cells.joined())</tr>"
    }
    return """
      <details><summary>All \(summary.runs.count) seeds</summary>
      <div class="wide"><table><thead><tr>\(heads.joined())</tr></thead>
      <tbody>\(rows.joined(separator: "\n"))</tbody></table></div></details>
      """
  }
}

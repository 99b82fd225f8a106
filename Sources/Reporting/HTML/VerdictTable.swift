import Recording
import Units

/// The table of verdicts; its headings sort it.
enum VerdictTable {
  private static let columns: [(title: String, isFigure: Bool)] = [
    ("Scenario", false), ("Verdict", false), ("Passed", true), ("Score", true),
    ("Outcome", false), ("Settled", true), ("Failed", true), ("Requests", true),
    ("Broken", true),
  ]

  static func html(_ summaries: [ScenarioSummary]) -> String {
    let heads = columns.map { column in
      "<th scope=\"col\"\(column.isFigure ? " class=\"n\"" : "")>"
        + "<button type=\"button\">\(column.title)</button></th>"
    }
    let rows = summaries.enumerated().map { row($1, $0) }
    return """
      <section aria-labelledby="verdicts"><h2 id="verdicts">Verdicts</h2>
      <div class="wide"><table data-sort><thead><tr>\(heads.joined())</tr></thead>
      <tbody>\(rows.joined(separator: "\n"))</tbody></table></div></section>
      """
  }

  private static func row(_ summary: ScenarioSummary, _ index: Int) -> String {
    let settled = summary.settled
    let broken = summary.invariantsBroken
    let cells = [
      "<th scope=\"row\"><a href=\"#s\(index)\">\(Escape.markup(summary.name))</a></th>",
      "<td>\(Markup.chip(summary.verdict.rawValue))</td>",
      Markup.figure("\(summary.passed)/\(summary.runs.count)", Int64(summary.passed)),
      score(summary.scores),
      "<td>\(Escape.markup(summary.outcomes.isEmpty ? "–" : summary.outcomeWords))</td>",
      Markup.figure(settled.map(Words.span) ?? "–", settled?.ns ?? -1),
      Markup.figure(Words.count(summary.failed), summary.failed),
      Markup.figure(Words.count(summary.requests), summary.requests),
      Markup.figure("\(broken)", Int64(broken)),
    ]
    return "<tr>\(cells.joined())</tr>"
  }

  /// The range of the scores, also as a bar on 0 to 100.
  private static func score(_ range: ClosedRange<Int>) -> String {
    return "<td class=\"n\" data-v=\"\(range.lowerBound)\">\(Words.range(range))"
      + "<span class=\"bar\" aria-hidden=\"true\">"
      + "<i style=\"width:\(range.upperBound)%\"></i>"
      + "<i style=\"width:\(range.lowerBound)%\"></i></span></td>"
  }
}

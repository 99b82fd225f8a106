import ClusterAPI
import Recording
import Units

/// What a run came to, as tables: findings, decisions, defects, score, happenings.
struct RunFacts {
  /// Happenings that the page tells, at most.
  static let linesToldMost = 150

  let run: RunRecord

  init(_ run: RunRecord) { self.run = run }

  var html: String {
    [
      "<div class=\"grid\">\(findings)\(score)</div>", decisions, defects, happenings, replay,
    ].joined(separator: "\n")
  }

  private func table(_ title: String, _ heads: [String], _ rows: [String]) -> String {
    let head = heads.map { "<th scope=\"col\">\($0)</th>" }.joined()
    return "<div><h3>\(title)</h3><div class=\"wide\"><table><thead><tr>\(head)</tr></thead><tbody>"
      + rows.map { "<tr>\($0)</tr>" }.joined(separator: "\n") + "</tbody></table></div></div>"
  }

  private var findings: String {
    var rows = run.findings.map { finding in
      let at = finding.at.map { " <span class=\"dim\">at \(Words.time($0))</span>" } ?? ""
      return "<td>\(Markup.chip(finding.result))</td><td><b>\(Escape.markup(finding.name))</b>\(at)"
        + "<br>\(Markup.prose(Words.detail(finding)))</td>"
    }
    rows += run.pending.map {
      "<td><span class=\"chip inconclusive\">… pending</span></td><td>\(Escape.markup($0))</td>"
    }
    guard !rows.isEmpty else { return "" }
    return table("Expectations", ["Result", "Finding"], rows)
  }

  private var score: String {
    guard !run.scoreParts.isEmpty else { return "" }
    let rows = run.scoreParts.map { part in
      "<td class=\"n\">\(part.points == 0 ? "0" : "−\(part.points)")</td>"
        + "<td><b>\(Escape.markup(part.name))</b><br>\(Escape.markup(part.detail))</td>"
    }
    return table("Score: \(run.score) of 100", ["Points", "Part"], rows)
  }

  private var decisions: String {
    guard !run.decisions.isEmpty else { return "" }
    let rows = run.decisions.map { decision in
      "<td class=\"n\">\(Words.time(decision.at))</td><td>\(Markup.chip(decision.rating))</td>"
        + "<td>\(Markup.prose(Words.decision(decision)))</td>"
    }
    return table(
      "Decisions", ["At", "Rating", "Decision, reason, and what both branches cost"], rows)
  }

  private var defects: String {
    guard !run.defects.isEmpty else { return "" }
    let rows = run.defects.map { defect in
      "<td>\(Escape.markup(defect.object.description))</td>"
        + "<td><code>\(Escape.markup(defect.path.isEmpty ? "–" : defect.path))</code></td>"
        + "<td>\(Escape.markup(defect.expected ?? "not set"))</td>"
        + "<td class=\"broken\">\(Escape.markup(defect.found ?? "not set"))</td>"
    }
    return table("Restoration defects", ["Object", "Field", "Without the change", "Found"], rows)
  }

  private var happenings: String {
    let lines = Story(run).lines
    guard !lines.isEmpty else { return "" }
    let rows = lines.prefix(RunFacts.linesToldMost).map { line in
      let end = line.to > line.from ? " to \(Words.time(line.to))" : ""
      return "<tr><td class=\"n\">\(Words.time(line.from))\(end)</td>"
        + "<td><span class=\"tag g-\(line.group.rawValue)\">\(line.group.rawValue)</span></td>"
        + "<td>\(Markup.prose(line.text))</td></tr>"
    }
    let left = lines.count - rows.count
    let more =
      left > 0 ? "<p class=\"dim\">\(Words.count(left, "more line")) in the replay.</p>" : ""
    return """
      <details><summary>What happened (\(Words.count(lines.count, "line")))</summary>
      <div class="wide"><table class="story"><thead><tr><th scope="col" class="n">At</th>
      <th scope="col">Sort</th><th scope="col">What</th></tr></thead>
      <tbody>\(rows.joined(separator: "\n"))</tbody></table></div>\(more)</details>
      """
  }

  private var replay: String {
    "<p class=\"dim\">Step by step: <code>\(Escape.markup(Words.replay(run)))</code></p>"
  }
}

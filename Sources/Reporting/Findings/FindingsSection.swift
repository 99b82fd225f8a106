import ClusterAPI
import Recording
import Units

/// The findings of a rehearsal as sections of the HTML report.
struct FindingsSection {
  let record: FindingsRecord
  private let groups: FindingsReport.Groups

  init(_ record: FindingsRecord) {
    self.record = record
    groups = FindingsReport.Groups(record)
  }

  var html: String {
    let counts = FindingsReport.counts(groups.brought)
    let title =
      record.base.map { "The change from \($0) brings \(counts.isEmpty ? "no findings" : counts)" }
      ?? (counts.isEmpty ? "No findings" : "Found: \(counts)")
    var parts = [
      "<section class=\"findings\" aria-labelledby=\"findings\">",
      "<h2 id=\"findings\">\(Escape.markup(title))</h2>",
      "<p class=\"dim\">\(Words.count(record.workloads, "workload")) looked at</p>",
    ]
    parts += groups.brought.map(article)
    if !groups.bounds.isEmpty { parts.append(bounds) }
    parts.append(list("Accepted", groups.accepted))
    parts.append(list("Was so before", groups.before))
    parts.append(list("Repaired", groups.repaired))
    parts.append("</section>")
    return parts.filter { !$0.isEmpty }.joined(separator: "\n")
  }

  private func article(_ entry: FindingsRecord.Entry) -> String {
    let worse = entry.standing == .worse ? " <span class=\"dim\">worse than before</span>" : ""
    var parts = [
      "<article class=\"finding\">",
      "<h3>\(FindingsSection.chip(entry.severity)) \(Escape.markup(entry.title))\(worse)</h3>",
    ]
    var facts = ["<b>\(Escape.markup(entry.subject))</b>"]
    let place = entry.whereabouts
    if !place.isEmpty { facts.append("<code>\(Escape.markup(place))</code>") }
    facts.append("<span class=\"dim\">\(Escape.markup(entry.id))</span>")
    parts.append("<p class=\"lead\">\(facts.map { "<span>\($0)</span>" }.joined())</p>")
    parts.append("<p>\(Markup.prose(entry.message))</p>")
    parts.append("<p class=\"dim\">Happens \(Markup.prose(entry.circumstance))</p>")
    if !entry.figures.isEmpty {
      let rows = entry.figures.map {
        "<tr><th>\(Escape.markup($0.name))</th><td>\(Markup.prose($0.value))</td></tr>"
      }
      parts.append("<div class=\"wide\"><table><tbody>\(rows.joined())</tbody></table></div>")
    }
    if let picture = MomentPicture(entry) { parts.append(picture.html) }
    if let suggestion = entry.suggestion {
      let place = suggestion.place.map { " at \($0.file):\($0.line)" } ?? ""
      let title = "Try: \(suggestion.title), in \(suggestion.object)\(place)"
      parts.append("<p>\(Escape.markup(title))</p>")
      parts.append("<pre><code>\(Escape.markup(suggestion.patch))</code></pre>")
    }
    return (parts + ["</article>"]).joined(separator: "\n")
  }

  private var bounds: String {
    let table = BoundTable(groups.bounds)
    let heads = (["Workload", "Container"] + table.quantities.map(\.title)).map {
      "<th>\(Escape.markup($0))</th>"
    }
    let rows = table.rows.map { row in
      "<tr>\(row.map { "<td>\(Escape.markup($0))</td>" }.joined())</tr>"
    }
    return """
      <h3>Holds while</h3>
      <div class="wide"><table><thead><tr>\(heads.joined())</tr></thead>
      <tbody>\(rows.joined(separator: "\n"))</tbody></table></div>
      """
  }

  /// Folded: one row for each finding.
  private func list(_ title: String, _ entries: [FindingsRecord.Entry]) -> String {
    guard !entries.isEmpty else { return "" }
    let rows = entries.map { entry in
      let cells = [
        FindingsSection.chip(entry.severity), Escape.markup(entry.id),
        Escape.markup(entry.subject), Markup.prose(entry.accepted ?? entry.message),
      ]
      return "<tr>\(cells.map { "<td>\($0)</td>" }.joined())</tr>"
    }
    return """
      <details><summary>\(title): \(Words.count(entries.count))</summary>
      <div class="wide"><table><tbody>\(rows.joined(separator: "\n"))</tbody></table></div></details>
      """
  }

  private static func chip(_ severity: FindingsRecord.Severity) -> String {
    let sign =
      switch severity {
      case .error: "✗"
      case .warning: "!"
      case .note: "i"
      }
    return "<span class=\"chip \(severity.rawValue)\">\(sign) \(severity.rawValue)</span>"
  }
}

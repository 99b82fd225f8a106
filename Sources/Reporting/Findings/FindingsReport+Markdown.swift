public import Recording
import ClusterAPI

extension FindingsReport {
  /// The first line of the comment, by which a later run finds it again.
  public static let markdownMark = "<!-- wavetank findings -->"

  /// The lines of a comment, whatever the number of findings.
  static let markdownLines = 60
  /// What a comment may be long, with room to spare: GitHub refuses more than 65,536 characters.
  private static let markdownLength = 60_000
  /// Findings in the table.
  private static let tableRows = 12
  /// A cell or a sentence is cut there.
  private static let cellLength = 400

  /// One comment for a pull request: at most 60 lines, the most important findings first.
  ///
  /// - Parameter situations: of each workload; empty where none were run.
  public static func markdown(
    _ record: FindingsRecord, situations: [RehearsalReport.Input] = []
  ) -> String {
    let groups = Groups(record)
    var head = [markdownMark, "### Wavetank: \(verdict(record, groups))", ""]
    var looked = "\(Words.count(record.workloads, "workload")) looked at"
    if let base = record.base { looked += ", compared with \(cell(base))" }
    head += [looked + ".", ""]
    head += table(groups.brought)
    let tail = folded(situations) + counted(groups)
    // Less the line that counts what has no details of its own, and the empty one after it.
    var room = markdownLines - head.count - tail.count - 2
    var length = (head + tail).reduce(0) { $0 + $1.utf8.count + 1 }
    var details: [String] = []
    var left = 0
    for entry in groups.brought {
      let block = block(of: entry)
      let size = block.reduce(0) { $0 + $1.utf8.count + 1 }
      if block.count <= room, length + size <= markdownLength {
        details += block
        room -= block.count
        length += size
      } else {
        left += 1
      }
    }
    if left > 0 {
      details += ["\(Words.count(left, "finding")) without details here.", ""]
    }
    var lines = head + details + tail
    while lines.last == "" { lines.removeLast() }
    return lines.joined(separator: "\n") + "\n"
  }

  private static func verdict(_ record: FindingsRecord, _ groups: Groups) -> String {
    let counts = counts(groups.brought)
    let mark =
      switch groups.brought.first?.severity {
      case .error: "❌"
      case .warning: "⚠️"
      case .note: "ℹ️"
      case nil: "✅"
      }
    if record.base == nil { return "\(mark) \(counts.isEmpty ? "no findings" : counts)" }
    return "\(mark) the change brings \(counts.isEmpty ? "no findings" : counts)"
  }

  /// A row for each finding, the last one counting those that have none.
  private static func table(_ entries: [Entry]) -> [String] {
    guard !entries.isEmpty else { return [] }
    var lines = ["| Severity | What | Where | When |", "|---|---|---|---|"]
    for entry in entries.prefix(tableRows) {
      let worse = entry.standing == .worse ? ", worse than before" : ""
      let file = entry.place.map { "\($0.file):\($0.line)" } ?? entry.template
      let what = cell("\(entry.title) (\(entry.id)\(worse))")
      let place = [cell(entry.subject), file.map(cell)].compactMap { $0 }.joined(separator: "<br>")
      lines.append(
        "| \(entry.severity.rawValue) | \(what) | \(place) | \(cell(entry.circumstance)) |")
    }
    let rest = entries.dropFirst(tableRows)
    if !rest.isEmpty { lines.append("| | and \(counts(Array(rest))) more | | |") }
    return lines + [""]
  }

  private static func block(of entry: Entry) -> [String] {
    let place = entry.place.map { ", \($0.file):\($0.line)" } ?? ""
    let title = cut("\(entry.severity.rawValue): \(entry.id), \(entry.subject)\(place)")
    var lines = [
      "<details><summary>\(Escape.markup(oneLine(title)))</summary>", "", cell(entry.message), "",
    ]
    var facts = entry.figureWords
    if let template = entry.template { facts.append("rendered from \(template)") }
    if !facts.isEmpty { lines += [cell(facts.joined(separator: "; ")), ""] }
    let moments = entry.moments.prefix(6).map { "- \(Words.span($0.at)): \(cell($0.words))" }
    if !moments.isEmpty { lines += moments + [""] }
    if let suggestion = entry.suggestion {
      let patch = patchLines(suggestion.patch)
      let fence = fence(patch)
      lines += [
        "Try: \(cell("\(suggestion.title), in \(suggestion.object)"))", "", "\(fence)yaml",
      ]
      lines += patch + [fence, ""]
    }
    return lines + ["</details>", ""]
  }

  /// Rows in the table of situations.
  private static let situationRows = 8

  /// What was not survived, and why.
  private static func folded(_ inputs: [RehearsalReport.Input]) -> [String] {
    let rows = inputs.flatMap { input in input.rows.map { (input, $0) } }
    guard !rows.isEmpty else { return [] }
    let failed = rows.filter { !RehearsalReport.isSurvived($0.1.plain) }
    let title = "\(rows.count - failed.count) of \(Words.count(rows.count, "situation")) survived"
    if failed.isEmpty { return ["\(title).", ""] }
    let hasAlerts = inputs.contains { !$0.alerts.isEmpty }
    var lines = [
      "<details><summary>\(title)</summary>", "",
      "| Not survived | Runs | Why |" + (hasAlerts ? " Alerts |" : ""),
      "|---|---|---|" + (hasAlerts ? "---|" : ""),
    ]
    for (input, row) in failed.prefix(situationRows) {
      let passed = row.plain.count { $0.verdict == .passed }
      let why =
        row.findings.isEmpty ? RehearsalReport.reasons(row.plain).prefix(1) : row.findings[...]
      lines.append(
        "| \(cell("\(input.workload): \(row.title)")) | \(row.plain.count - passed) of "
          + "\(row.plain.count) | \(cell(why.joined(separator: ", "))) |"
          + (hasAlerts ? " \(cell(alerts(row, input))) |" : ""))
    }
    if failed.count > situationRows {
      lines.append("| and \(failed.count - situationRows) more | | |" + (hasAlerts ? " |" : ""))
    }
    return lines + ["", "</details>", ""]
  }

  private static func alerts(_ row: RehearsalReport.Row, _ input: RehearsalReport.Input) -> String {
    let fired = RehearsalReport.fired(row, input)
    return fired.isEmpty
      ? "none fires"
      : fired.map { RehearsalReport.words($0, of: row.plain.count) }.joined(separator: ", ")
  }

  /// What is not brought by the change, counted.
  private static func counted(_ groups: Groups) -> [String] {
    var parts: [String] = []
    func add(_ title: String, _ entries: [Entry]) {
      guard !entries.isEmpty else { return }
      let ids = byID(entries)
      let named = ids.prefix(8).map { "\(cell($0.id)) (\(Words.count($0.entries.count)))" }
      let more = ids.count > 8 ? " and others" : ""
      parts.append(
        "- \(title): \(Words.count(entries.count)): \(named.joined(separator: ", "))\(more)")
    }
    add("Bounds within which it holds", groups.bounds)
    add("Accepted", groups.accepted)
    add("Was so before", groups.before)
    add("Repaired", groups.repaired)
    return parts
  }

  private static func patchLines(_ patch: String) -> [String] {
    patch.split(whereSeparator: \.isNewline).map { Wrapping.safe(String($0)) }
  }

  /// A fence that no line of the text ends.
  private static func fence(_ lines: [String]) -> String {
    var longest = 2
    for line in lines {
      var run = 0
      for character in line {
        run = character == "`" ? run + 1 : 0
        longest = max(longest, run)
      }
    }
    return String(repeating: "`", count: longest + 1)
  }

  /// Text from outside in a cell or a paragraph: no markup, one line, not too long.
  private static func cell(_ text: String) -> String { Escape.markdown(oneLine(cut(text))) }

  private static func cut(_ text: String) -> String {
    text.count <= cellLength ? text : String(text.prefix(cellLength - 1)) + "…"
  }

  /// What some reader takes for a line break is a space, other control characters are made visible.
  private static func oneLine(_ text: String) -> String {
    Wrapping.safe(String(text.map { $0.isNewline ? " " : $0 }))
  }
}

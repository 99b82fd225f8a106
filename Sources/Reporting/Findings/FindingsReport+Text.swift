public import Recording
import ClusterAPI
import Units

extension FindingsReport {
  /// Findings that the terminal shows in full.
  private static let shown = 5

  /// For the terminal: the most important findings in full, the others counted.
  ///
  /// - Parameter width: columns of the terminal.
  public static func text(_ record: FindingsRecord, color: Bool, width: Int) -> String {
    let paint = Paint(isOn: color)
    let groups = Groups(record)
    let width = max(40, width)
    var blocks = [heading(record, groups, paint)]
    let brought = oneOfEachFirst(groups.brought)
    for entry in brought.prefix(shown) { blocks.append(block(entry, paint, width)) }
    let rest = Array(brought.dropFirst(shown))
    if !rest.isEmpty {
      blocks.append(
        list("\(Words.count(rest.count)) more, which `--output json` shows in full", rest, width))
    }
    if !groups.bounds.isEmpty { blocks.append(holdsWhile(groups.bounds, paint, width)) }
    if !groups.accepted.isEmpty {
      blocks.append(
        joined(
          ["accepted: \(Words.count(groups.accepted.count))"]
            + groups.accepted.flatMap { entry in
              Wrapping.hanging(
                "  ", "\(entry.id) \(entry.subject): \(entry.accepted ?? "")", width: width)
            }))
    }
    for (title, entries) in [("was so before", groups.before), ("repaired", groups.repaired)]
    where !entries.isEmpty {
      blocks.append(list("\(title): \(Words.count(entries.count))", entries, width))
    }
    return blocks.joined(separator: "\n")
  }

  /// What one workload has, others often have too: the first error or warning of each id, then the others.
  private static func oneOfEachFirst(_ entries: [Entry]) -> [Entry] {
    var seen: Set<String> = []
    var (first, others): ([Entry], [Entry]) = ([], [])
    for entry in entries {
      if entry.severity != .note, seen.insert("\(entry.severity) \(entry.id)").inserted {
        first.append(entry)
      } else {
        others.append(entry)
      }
    }
    return first + others
  }

  private static func joined(_ lines: [String]) -> String {
    lines.map { $0 + "\n" }.joined()
  }

  private static func heading(
    _ record: FindingsRecord, _ groups: Groups, _ paint: Paint
  ) -> String {
    let counts = counts(groups.brought)
    let looked = " (\(Words.count(record.workloads, "workload")) looked at)"
    let verdict: String
    if let base = record.base {
      let base = Wrapping.safe(base)
      verdict =
        counts.isEmpty
        ? "the change from \(base) brings no findings" : "the change from \(base) brings \(counts)"
    } else {
      verdict = counts.isEmpty ? "no findings" : "found: \(counts)"
    }
    return paint(verdict, .bold) + looked + "\n"
  }

  private static func colour(_ severity: FindingsRecord.Severity) -> Paint.Colour {
    switch severity {
    case .error: .red
    case .warning: .yellow
    case .note: .blue
    }
  }

  /// One finding in full.
  private static func block(_ entry: Entry, _ paint: Paint, _ width: Int) -> String {
    let worse = entry.standing == .worse ? " (worse than before)" : ""
    let title = "\(entry.id)\(worse)"
    var text = paint(entry.severity.rawValue, colour(entry.severity))
    text += " " + paint(Wrapping.safe(title), .bold) + "\n"
    let place = entry.whereabouts
    let subject = place.isEmpty ? entry.subject : "\(entry.subject) at \(place)"
    text += joined(Wrapping.hanging("  ", subject, width: width))
    text += joined(Wrapping.hanging("  ", entry.message, width: width))
    if entry.condition != "always" || entry.before != nil {
      text += joined(Wrapping.hanging("  ", "happens " + entry.circumstance, width: width))
    }
    if !entry.figures.isEmpty {
      text += joined(
        Wrapping.hanging("  ", entry.figureWords.joined(separator: "; "), width: width))
    }
    for line in MomentLine(entry.moments).lines(width: width - 4) {
      text += "    \(line)\n"
    }
    if let suggestion = entry.suggestion { text += patch(suggestion, paint, width) }
    return text
  }

  private static func patch(
    _ suggestion: FindingsRecord.Suggestion, _ paint: Paint, _ width: Int
  ) -> String {
    let place = suggestion.place.map { " at \($0.file):\($0.line)" } ?? ""
    let title = "\(suggestion.title), in \(suggestion.object)\(place):"
    let lines = Wrapping.hanging("  try: ", title, width: width)
    var text = paint("  try: ", .bold) + lines[0].dropFirst(7) + "\n" + joined(lines.dropFirst())
    for line in suggestion.patch.split(separator: "\n") {
      text += paint("      " + Wrapping.safe(String(line)), .green) + "\n"
    }
    return text
  }

  private static func joined(_ lines: ArraySlice<String>) -> String { joined(Array(lines)) }

  private static func holdsWhile(_ entries: [Entry], _ paint: Paint, _ width: Int) -> String {
    let bounds = BoundTable(entries)
    var table = TextTable(
      [.init(title: "  workload", canBeCut: true), .init(title: "container")]
        + bounds.quantities.map { .init(title: $0.title) })
    table.rows = bounds.rows.map { row in
      ["  " + Wrapping.safe(row[0])] + row.dropFirst().map { Wrapping.safe($0) }
    }
    let lines = table.text(paint, width: width).split(separator: "\n").map { line in
      joined([String(line.reversed().drop { $0 == " " }.reversed())])
    }
    return "holds while:\n" + lines.joined()
  }

  /// One line for each id, with the objects that have it.
  private static func list(_ title: String, _ entries: [Entry], _ width: Int) -> String {
    let groups = byID(entries)
    let widest = groups.map(\.id.count).max() ?? 0
    var text = title + "\n"
    for (id, entries) in groups {
      let head = "  \(Wrapping.safe(id).padded(widest))  "
      let objects = entries.map { Wrapping.safe($0.subject) }
      text += head + fitting(objects, width - head.count) + "\n"
    }
    return text
  }

  /// As many names as a line has room for, the first always, and how many more there are.
  private static func fitting(_ names: [String], _ width: Int) -> String {
    var text = names.first ?? ""
    for (index, name) in names.enumerated().dropFirst() {
      let rest = names.count - index
      let tail = rest > 1 ? " and \(Words.count(rest - 1)) more" : ""
      if text.count + 2 + name.count + tail.count > width {
        return text + " and \(Words.count(rest)) more"
      }
      text += ", " + name
    }
    return text
  }
}

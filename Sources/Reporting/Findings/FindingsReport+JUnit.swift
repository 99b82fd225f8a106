public import Recording
import ClusterAPI

extension FindingsReport {
  /// JUnit XML: a test case for each id and object that the change brings.
  ///
  /// What is less severe than the threshold passes and is told in its output; what is accepted is
  /// skipped with its reason.
  ///
  /// - Parameter threshold: from this severity on a finding is a failure; nil: none is.
  public static func junit(
    _ record: FindingsRecord, failOn threshold: FindingsRecord.Severity?
  ) -> String {
    let cases = testCases(record).map { Case($0, threshold) }
    let failures = cases.count { $0.result == .failed }
    let skipped = cases.count { $0.result == .skipped }
    let counts =
      #"tests="\#(max(1, cases.count))" failures="\#(failures)" errors="0" skipped="\#(skipped)""#
    var lines = [
      #"<?xml version="1.0" encoding="UTF-8"?>"#,
      #"<testsuites name="wavetank" \#(counts)>"#,
      #"  <testsuite name="wavetank findings" \#(counts)>"#,
    ]
    // A file without a test case is an error to some readers.
    if cases.isEmpty { lines.append(#"    <testcase classname="wavetank" name="no findings"/>"#) }
    lines += cases.flatMap(\.lines) + ["  </testsuite>", "</testsuites>"]
    return lines.joined(separator: "\n") + "\n"
  }

  /// The entries of each id and object, the most severe first.
  private static func testCases(_ record: FindingsRecord) -> [[Entry]] {
    let brought = ordered(record.entries.filter(\.standing.isBrought))
    return byID(brought).flatMap { group in
      var objects: [[Entry]] = []
      for entry in group.entries {
        if let index = objects.firstIndex(where: { $0[0].object == entry.object }) {
          objects[index].append(entry)
        } else {
          objects.append([entry])
        }
      }
      return objects
    }
  }

  private struct Case {
    enum Result { case passed, failed, skipped }

    let entries: [Entry]
    let result: Result

    init(_ entries: [Entry], _ threshold: FindingsRecord.Severity?) {
      self.entries = entries
      let all = FindingsRecord.Severity.allCases
      let limit = threshold.flatMap { all.firstIndex(of: $0) } ?? -1
      let isFailure = entries.contains { entry in
        entry.accepted == nil && (all.firstIndex(of: entry.severity) ?? 0) <= limit
      }
      result =
        isFailure ? .failed : entries.allSatisfy { $0.accepted != nil } ? .skipped : .passed
    }

    var lines: [String] {
      guard let first = entries.first else { return [] }
      var attributes =
        #"classname="\#(Escape.markup(first.id))" name="\#(Escape.markup(first.object))""#
      if let place = first.place {
        attributes += #" file="\#(Escape.markup(place.file))" line="\#(place.line)""#
      }
      var lines = ["    <testcase \(attributes)>"]
      let text = entries.map { story($0).joined(separator: "\n") }.joined(separator: "\n\n")
      switch result {
      case .failed:
        lines.append(
          #"      <failure type="\#(first.severity.rawValue)" message="\#(attribute(first.message))">"#
            + Escape.markup(text) + "</failure>")
      case .skipped:
        lines.append(#"      <skipped message="\#(attribute(first.accepted ?? ""))"/>"#)
        lines.append("      <system-out>\(Escape.markup(text))</system-out>")
      case .passed:
        lines.append("      <system-out>\(Escape.markup(text))</system-out>")
      }
      return lines + ["    </testcase>"]
    }

    private func attribute(_ text: String) -> String { Escape.markup(Wrapping.safe(text)) }

    private func story(_ entry: Entry) -> [String] {
      var lines = ["\(entry.severity.rawValue): \(entry.title)"]
      let place = entry.whereabouts
      lines.append(place.isEmpty ? entry.subject : "\(entry.subject) at \(place)")
      lines += [entry.message, "happens \(entry.circumstance)"]
      lines += entry.figureWords
      lines += entry.moments.map { "\(Words.span($0.at)) \($0.words)" }
      if let suggestion = entry.suggestion {
        lines += ["try: \(suggestion.title), in \(suggestion.object):", suggestion.patch]
      }
      if let accepted = entry.accepted { lines.append("accepted: \(accepted)") }
      return lines
    }
  }
}

import ClusterAPI
import Recording

/// What a rehearsal found, written for terminals, pull requests, code scanning and programs.
public enum FindingsReport {
  typealias Entry = FindingsRecord.Entry

  /// The entries of a record as every report tells them apart, each group the most important first.
  struct Groups {
    /// Of the change, and accepted by nobody, without those in `bounds`.
    var brought: [Entry] = []
    /// Notes that draw bounds of what a workload bears, where there is no base to compare with.
    var bounds: [Entry] = []
    var accepted: [Entry] = []
    var before: [Entry] = []
    /// Gone, or better than before.
    var repaired: [Entry] = []

    init(_ record: FindingsRecord) {
      for entry in FindingsReport.ordered(record.entries) {
        switch entry.standing {
        case .gone, .better: repaired.append(entry)
        case .wasSoBefore: before.append(entry)
        case .new, .worse:
          if entry.accepted != nil {
            accepted.append(entry)
          } else if record.base == nil, Bound(entry) != nil {
            bounds.append(entry)
          } else {
            brought.append(entry)
          }
        }
      }
    }
  }

  /// Errors before warnings before notes, else as the record has them; accepted ones last.
  static func ordered(_ entries: [Entry]) -> [Entry] {
    func rank(_ entry: Entry) -> Int {
      let severity = FindingsRecord.Severity.allCases.firstIndex(of: entry.severity) ?? 0
      return (entry.accepted == nil ? 0 : FindingsRecord.Severity.allCases.count) + severity
    }
    return entries.enumerated().sorted {
      (rank($0.element), $0.offset) < (rank($1.element), $1.offset)
    }.map(\.element)
  }

  /// `2 errors, 1 warning`; empty where there are no entries.
  static func counts(_ entries: [Entry]) -> String {
    FindingsRecord.Severity.allCases.compactMap { severity in
      let count = entries.count { $0.severity == severity }
      return count == 0 ? nil : Words.count(count, severity.rawValue)
    }.joined(separator: ", ")
  }

  /// The entries of each id, ids in the order of their first entry.
  static func byID(_ entries: [Entry]) -> [(id: String, entries: [Entry])] {
    var groups: [(id: String, entries: [Entry])] = []
    var places: [String: Int] = [:]
    for entry in entries {
      if let place = places[entry.id] {
        groups[place].entries.append(entry)
      } else {
        places[entry.id] = groups.count
        groups.append((entry.id, [entry]))
      }
    }
    return groups
  }
}

extension FindingsRecord.Entry {
  /// `deployment/web (app)`
  var subject: String { part.isEmpty ? object : "\(object) (\(part))" }

  /// `k8s/web.yaml:8`, with the template where it is known; empty where no file holds the object.
  var whereabouts: String {
    let file = place.map { "\($0.file):\($0.line)" }
    switch (file, template) {
    case (let file?, let template?): return "\(file), rendered from \(template)"
    case (let file?, nil): return file
    case (nil, let template?): return template
    case (nil, nil): return ""
    }
  }

  /// When it happens, as part of a sentence, with what was so before where that is another.
  var circumstance: String {
    var text = FindingsRecord.Entry.clause(condition)
    guard let before, before != condition else { return text }
    let old = FindingsRecord.Entry.clause(before)
    switch standing {
    case .worse: text += "; before the change only \(old)"
    case .better: text += "; before the change already \(old)"
    case .new, .wasSoBefore, .gone: text += "; before the change \(old)"
    }
    return text
  }

  /// `always`, `if ...`, `with memory over 128Mi`
  private static func clause(_ condition: String) -> String {
    let stands = ["always", "if ", "unless ", "when ", "where ", "while ", "with ", "on ", "in "]
    return stands.contains { condition.hasPrefix($0) } ? condition : "with \(condition)"
  }

  /// `requests lost: 12 of 4,800`, of each figure.
  var figureWords: [String] { figures.map { "\($0.name): \($0.value)" } }
}

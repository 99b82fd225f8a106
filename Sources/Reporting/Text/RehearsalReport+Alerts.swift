import ClusterAPI
import Recording
import Units

// Which of the user's own alerts would tell of what goes wrong.
extension RehearsalReport {
  /// An alert that fires after the change.
  struct Fired {
    var name: String
    /// Runs in which it does.
    var runs: Int
    /// From the change to its first firing, in the run in which that is longest.
    var after: Span
    /// In one of the runs it is only pending at the end.
    var isPending = false
  }

  /// In the order in which they fire; those that fire anyway are left out.
  ///
  /// What is pending at the end of a run counts: it fires, if that goes on.
  static func fired(_ row: Row, _ input: Input) -> [Fired] {
    var all: [Fired] = []
    for run in row.plain {
      var seen = input.alertsAnyway
      for entry in run.timeline where entry.at >= run.changeAt {
        guard let (name, hold) = alert(entry.happening), seen.insert(name).inserted else {
          continue
        }
        let after = entry.at - run.changeAt + (hold ?? .zero)
        if let place = all.firstIndex(where: { $0.name == name }) {
          all[place].runs += 1
          all[place].after = max(all[place].after, after)
          if hold != nil { all[place].isPending = true }
        } else {
          all.append(Fired(name: name, runs: 1, after: after, isPending: hold != nil))
        }
      }
    }
    return all.sorted { ($0.after, $0.name) < ($1.after, $1.name) }
  }

  /// Its name, and until when it has to go on where it is pending.
  private static func alert(_ happening: Happening) -> (name: String, hold: Span?)? {
    switch happening {
    case .alertFires(let name, _): (name, nil)
    case .alertPending(let name, _, let hold): (name, hold)
    default: nil
    }
  }

  /// What a situation's line on alerts says; nil: nothing is to be said.
  static func alerts(_ row: Row, of input: Input) -> String? {
    if input.alerts.isEmpty { return nil }
    let fired = fired(row, input)
    if fired.isEmpty { return isSurvived(row.plain) ? nil : "no alert fires" }
    return "alerts: " + fired.map { words($0, of: row.plain.count) }.joined(separator: ", ")
  }

  static func words(_ fired: Fired, of runs: Int) -> String {
    let share = fired.runs < runs ? " (\(fired.runs) of \(runs) runs)" : ""
    let state = fired.isPending ? " if that goes on" : ""
    return "\(fired.name) within \(Words.span(fired.after))\(state)\(share)"
  }

  /// What all rows say of the alerts, a line each.
  static func alertSummary(_ input: Input) -> [String] {
    let fired = input.rows.map { Set(self.fired($0, input).map(\.name)) }
    let counts = input.alerts.filter { !input.alertsAnyway.contains($0) }
      .map { name in (name: name, count: fired.count { $0.contains(name) }) }
    let firing = counts.filter { $0.count > 0 }
    let silent = some(of: counts.filter { $0.count == 0 }.map(\.name))
    let all = "of \(Words.count(input.rows.count, "situation"))"
    var lines: [String] = []
    if let first = firing.first {
      let others = firing.dropFirst().map { ", \($0.name) in \($0.count)" }.joined()
      let none = silent.isEmpty ? "" : "; \(silent) in none"
      lines.append("alerts: \(first.name) fires in \(first.count) \(all)\(others)\(none)")
    } else if !silent.isEmpty {
      lines.append("alerts: in none \(all) fires \(silent)")
    }
    let anyway = input.alerts.filter { input.alertsAnyway.contains($0) }
    if !anyway.isEmpty { lines.append("without any change fires: " + some(of: anyway)) }
    let unseen = zip(input.rows, fired).filter { !isSurvived($0.plain) && $1.isEmpty }.map(
      \.0.title)
    if !input.alerts.isEmpty, !unseen.isEmpty {
      lines.append("not survived, and no alert fires: " + unseen.joined(separator: "; "))
    }
    return lines
  }

  /// Names that a line holds.
  private static let named = 8

  private static func some(of names: [String]) -> String {
    let rest = names.count - named
    return names.prefix(named).joined(separator: ", ")
      + (rest > 0 ? " and \(Words.count(rest, "other"))" : "")
  }
}

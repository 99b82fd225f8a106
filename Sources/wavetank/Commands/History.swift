import Foundation
import Recording
import Reporting

struct HistoryOptions {
  /// A scenario's name or a part of it, or a suite's number; nil: the suites.
  var subject: String?
  var limit = 20
  var json = false
  var record = "reports/wavetank.sqlite"
}

/// `wavetank history`: what has been run before.
enum History {
  static func run(_ options: HistoryOptions) throws -> Int32 {
    guard let store = try Stores.open(options.record) else { return 2 }
    guard let subject = options.subject else {
      let suites = try store.suites(limit: options.limit)
      show(
        HistoryReport.json(suites), HistoryReport.text(suites, color: Terminal.hasColor), options)
      return 0
    }
    if let suite = Int64(subject) {
      let runs = try store.runs(in: suite, limit: options.limit)
      if runs.isEmpty { return WrongInput.say("suite \(subject) has no runs, or does not exist") }
      show(HistoryReport.json(runs), HistoryReport.text(runs, color: Terminal.hasColor), options)
      return 0
    }
    let known = try store.scenarioNames()
    let names = known.contains(subject) ? [subject] : known.filter { $0.contains(subject) }
    guard let name = names.first else {
      return WrongInput.say("no run of a scenario `\(subject)`", in: known, for: subject)
    }
    if names.count > 1 {
      return WrongInput.say(
        "`\(subject)` is part of several scenarios' names: \(names.joined(separator: ", "))")
    }
    let runs = try store.runs(of: name, limit: options.limit)
    show(HistoryReport.json(runs), HistoryReport.text(runs, color: Terminal.hasColor), options)
    return 0
  }

  private static func show(_ json: String, _ text: String, _ options: HistoryOptions) {
    print(options.json ? json : text, terminator: "")
  }
}

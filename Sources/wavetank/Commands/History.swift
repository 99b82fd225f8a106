import Foundation
import Recording
import Reporting

struct HistoryOptions {
  /// A scenario's name, or a suite's number; nil: the suites.
  var subject: String?
  var limit = 20
  var record = "reports/wavetank.sqlite"
}

/// `wavetank history`: what has been run before.
enum History {
  static func run(_ options: HistoryOptions) throws -> Int32 {
    guard let store = try Stores.open(options.record) else { return 2 }
    guard let subject = options.subject else {
      let suites = try store.suites(limit: options.limit)
      print(HistoryReport.text(suites, color: Terminal.hasColor), terminator: "")
      return 0
    }
    let runs =
      try Int64(subject).map { try store.runs(in: $0, limit: options.limit) }
      ?? store.runs(of: subject, limit: options.limit)
    if runs.isEmpty { return WrongInput.say("there is no run of `\(subject)`") }
    print(HistoryReport.text(runs, color: Terminal.hasColor), terminator: "")
    return 0
  }
}

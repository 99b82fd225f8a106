import Arguments
import Foundation
import Recording
import Reporting

/// `wavetank history`: what has been run before.
struct History: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Lists the suites, or the runs of a suite or a scenario.",
    discussion: """
      Examples:
        wavetank history
        wavetank history 1
        wavetank history pod-kill
      """)

  @Argument(help: "A suite's number, or a scenario's name or a part of it; none: the suites.")
  var subject: String?
  @Option(
    help: ArgumentHelp("Lines at most.", valueName: "n"), transform: wholeNumberAboveZero)
  var limit = 20
  @Option(help: "What standard output gets.") var output = TextOrJSON.text
  @OptionGroup() var record: RecordOption

  func run() throws { try ExitCode.end(try list()) }

  private func list() throws -> Int32 {
    guard let store = try Stores.open(record.path) else { return 2 }
    guard let subject else {
      let suites = try store.suites(limit: limit)
      show(HistoryReport.json(suites), HistoryReport.text(suites, color: Terminal.hasColor))
      return 0
    }
    if let suite = Int64(subject) {
      let runs = try store.runs(in: suite, limit: limit)
      if runs.isEmpty {
        let known = try Stores.explained(record.path) { () throws -> Bool in
          do { return try store.isFinished(suite) } catch RecordingError.noSuite(let id) {
            throw RecordingError.unknownSuite(id, known: try store.suiteNumbers()?.ids)
          }
        }
        return known == nil ? 2 : WrongInput.say("no run of suite \(subject) was finished")
      }
      show(HistoryReport.json(runs), HistoryReport.text(runs, color: Terminal.hasColor))
      return 0
    }
    let known = try store.scenarioNames()
    let names = known.contains(subject) ? [subject] : known.filter { $0.contains(subject) }
    guard let name = names.first else {
      return WrongInput.say(
        "no run of a scenario `\(subject)`", in: known, for: subject,
        none: "nothing has been run yet, `wavetank run` records what it runs")
    }
    if names.count > 1 {
      return WrongInput.say(
        "`\(subject)` is part of several scenarios' names: \(names.joined(separator: ", "))")
    }
    let runs = try store.runs(of: name, limit: limit)
    show(HistoryReport.json(runs), HistoryReport.text(runs, color: Terminal.hasColor))
    return 0
  }

  private func show(_ json: String, _ text: String) {
    print(output == .json ? json : text, terminator: "")
  }
}

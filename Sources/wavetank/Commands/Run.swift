import Foundation
import Harness
import Recording
import Reporting

/// `wavetank run`: runs scenarios over their seeds, judges them, and remembers them.
struct RunOptions {
  enum Output: String, CaseIterable {
    case text, json, github
  }

  var paths: [String] = []
  /// Names of scenarios; empty: all.
  var names: [String] = []
  var seeds: Int?
  var jobs = ProcessInfo.processInfo.activeProcessorCount
  var output = Output.text
  var junit: String?
  var report: String?
  /// nil: nothing is recorded.
  var record: String? = "reports/wavetank.sqlite"
  var baseline: String?
}

enum Run {
  static func run(_ options: RunOptions) throws -> Int32 {
    guard var scenarios = ScenarioInput.read(options.paths, seeds: options.seeds) else { return 2 }
    if !options.names.isEmpty {
      let known = scenarios.map(\.name)
      for name in options.names where !known.contains(where: { $0.contains(name) }) {
        return WrongInput.say("no scenario `\(name)`", in: known, for: name)
      }
      scenarios = scenarios.filter { scenario in
        options.names.contains { scenario.name.contains($0) }
      }
    }
    if scenarios.isEmpty { return WrongInput.say("there is no scenario to run") }
    var baseline: StoredSuite?
    if let text = options.baseline {
      // Found before this suite is the latest.
      let record = options.record ?? RunOptions().record ?? ""
      baseline = try Stores.suite(text, in: record)
      if baseline == nil { return 2 }
    }
    var suite = SuiteRecord(
      scenarios, startedAt: Clock.now(),
      commandLine: ["wavetank"] + CommandLine.arguments.dropFirst())
    let recorder = try options.record.map { try Recorder(path: $0, suite: suite) }
    let progress = Progress(total: scenarios.reduce(0) { $0 + $1.seeds.count })
    suite.runs = Suite.run(scenarios, jobs: options.jobs) { run in
      recorder?.add(run)
      progress.step(run.scenario)
    }
    progress.end()
    try recorder?.finish(at: Clock.now())
    try show(suite, options)
    if let baseline {
      let name = recorder.map { "suite \($0.suite)" } ?? "this run"
      // A document on standard output stays alone there.
      let code = Compare.run(
        baseline, StoredSuite(name: name, record: suite),
        onStandardError: options.output == .json)
      if code != 0 { return code }
    }
    return suite.runs.allSatisfy { $0.verdict == .passed } ? 0 : 1
  }

  private static func show(_ suite: SuiteRecord, _ options: RunOptions) throws {
    switch options.output {
    case .text: print(TerminalReport.text(suite, color: Terminal.hasColor), terminator: "")
    case .json: print(JSONReport.json(suite), terminator: "")
    case .github:
      print(GitHubReport.commands(suite), terminator: "")
      if let path = ProcessInfo.processInfo.environment["GITHUB_STEP_SUMMARY"] {
        try Files.append(GitHubReport.summary(suite), to: path)
      } else {
        print(GitHubReport.summary(suite), terminator: "")
      }
    }
    if let path = options.junit { try Files.write(JUnitReport.xml(suite), to: path) }
    if let path = options.report {
      try Files.write(HTMLReport.html(suite), to: path)
      Terminal.say("report: \(path)")
    }
  }
}

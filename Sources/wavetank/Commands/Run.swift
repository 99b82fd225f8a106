import Arguments
import Foundation
import Harness
import Recording
import Reporting

/// `wavetank run`: runs scenarios over their seeds, judges them, and remembers them.
struct Run: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Runs scenarios over their seeds, judges them, and remembers them.",
    discussion: """
      Manifests that a scenario on standard input names are looked for in the current folder. \
      On SIGINT or SIGTERM the runs under way are finished, and what was run is shown and \
      recorded as interrupted.

      Examples:
        wavetank run scenarios/ --junit reports/junit.xml
        wavetank run scenarios/rolling --name rolled-back --seeds 20 --baseline latest
        wavetank run - < scenario.yaml
      """)

  enum Output: String, CaseIterable, ExpressibleByArgument {
    case text, json, github
  }

  @Argument(
    help: "Scenario files, folders of them, or - for one on standard input.",
    completion: .file(extensions: ["yaml"]))
  var paths: [String]
  @Option(
    name: .customLong("name"),
    help: ArgumentHelp("Only scenarios whose name contains this.", valueName: "text"))
  var names: [String] = []
  @Option(
    help: ArgumentHelp("Runs each scenario with the seeds 1 to n.", valueName: "n"),
    transform: wholeNumberAboveZero)
  var seeds: Int?
  @Option(
    help: ArgumentHelp("Runs at a time; one per processor by default.", valueName: "n"),
    transform: wholeNumberAboveZero)
  var jobs: Int?
  @Option(help: "What standard output gets.") var output = Output.text
  @Option(help: ArgumentHelp("Writes a JUnit report.", valueName: "file"), completion: .file())
  var junit: String?
  @Option(help: ArgumentHelp("Writes an HTML report.", valueName: "file"), completion: .file())
  var report: String?
  @Option(
    help: ArgumentHelp(
      "Writes what Prometheus would have scraped, one OpenMetrics file for each run.",
      valueName: "folder"), completion: .directory)
  var exportMetrics: String?
  @OptionGroup() var record: RecordOption
  @Flag(help: "Remembers nothing.") var noRecord = false
  @Option(
    help: ArgumentHelp(
      "Compares with a recorded suite: its number, latest, latest~1, or old.sqlite#12.",
      valueName: "suite"))
  var baseline: String?
  @OptionGroup(title: "With --baseline") var thresholds: ThresholdOptions

  func run() throws { try ExitCode.end(try judge()) }

  private func judge() throws -> Int32 {
    guard var scenarios = ScenarioInput.read(paths, seeds: seeds) else { return 2 }
    if !names.isEmpty {
      let known = scenarios.map(\.name)
      for name in names where !known.contains(where: { $0.contains(name) }) {
        return WrongInput.say("no scenario `\(name)`", in: known, for: name)
      }
      scenarios = scenarios.filter { scenario in
        names.contains { scenario.name.contains($0) }
      }
    }
    if scenarios.isEmpty { return WrongInput.say("there is no scenario to run") }
    var earlier: StoredSuite?
    if let baseline {
      // Found before this suite is the latest.
      earlier = try Stores.suite(baseline, in: record.path)
      if earlier == nil { return 2 }
    }
    let exports = exportMetrics.map { MetricsExport(folder: $0) }
    if exports != nil {
      for index in scenarios.indices { scenarios[index].exportsMetrics = true }
    }
    var suite = SuiteRecord(
      scenarios, startedAt: Clock.now(),
      commandLine: ["wavetank"] + CommandLine.arguments.dropFirst())
    var recorder: Recorder?
    if !noRecord {
      recorder = try Stores.explained(record.path) { try Recorder(path: record.path, suite: suite) }
      if recorder == nil { return 2 }
    }
    let total = scenarios.reduce(0) { $0 + $1.seeds.count }
    let progress = Progress(total: total)
    Interruption.watch()
    suite.runs = Suite.run(
      scenarios, jobs: jobs ?? ProcessInfo.processInfo.activeProcessorCount,
      isStopped: { Interruption.isRequested },
      scraped: { [exports] in exports?.write($0, $1, $2) }
    ) { [recorder] run in
      recorder?.add(run)
      progress.step(run.scenario)
    }
    progress.end()
    // What was run is shown even where it could not be written.
    let isInterrupted = suite.runs.count < total
    try exports?.finish()
    let written = Result { try recorder?.finish(at: Clock.now(), interrupted: isInterrupted) }
    try show(suite)
    try written.get()
    if isInterrupted,
      let code = Interruption.report(
        finished: suite.runs.count, of: total, suite: recorder?.suite)
    {
      return code
    }
    if let earlier {
      let name = recorder.map { "suite \($0.suite)" } ?? "this run"
      // A document on standard output stays alone there.
      let code = Compare.run(
        earlier, StoredSuite(name: name, record: suite),
        limits: thresholds.limits,
        onStandardError: output == .json)
      if code != 0 { return code }
    }
    return suite.runs.allSatisfy { $0.verdict == .passed } ? 0 : 1
  }

  private func show(_ suite: SuiteRecord) throws {
    switch output {
    case .text:
      print(
        TerminalReport.text(suite, color: Terminal.hasColor, width: Terminal.columns),
        terminator: "")
    case .json: print(JSONReport.json(suite), terminator: "")
    case .github:
      print(GitHubReport.commands(suite), terminator: "")
      if let path = ProcessInfo.processInfo.environment["GITHUB_STEP_SUMMARY"] {
        try Files.append(GitHubReport.summary(suite), to: path)
      } else {
        print(GitHubReport.summary(suite), terminator: "")
      }
    }
    if let junit { try Files.write(JUnitReport.xml(suite), to: junit) }
    if let report {
      try Files.write(HTMLReport.html(suite), to: report)
      Terminal.say("report: \(report)")
    }
  }
}

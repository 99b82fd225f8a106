import Arguments
import Foundation
import Harness
import Recording
import Reporting
import SQLite

/// `wavetank compare`: a suite against an earlier one; exit code 3 where it is worse.
struct Compare: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Compares a recorded suite with an earlier one; exit code 3 on a regression.",
    discussion: """
      A suite is named by its number (`wavetank history` lists them), as latest or latest~1, or \
      as one of another database: old.sqlite#12. Suites of another version are run again first, \
      from their recorded inputs. Of a suite that was interrupted, the runs that were finished \
      are compared.

      A regression is a seed that passed and does not any more, or a mean that is worse than the \
      options below allow and by more than chance: with three seeds or more, the 95 % interval \
      of the difference must not hold zero.

      Examples:
        wavetank compare latest~1
        wavetank compare main.sqlite#latest 2 --output json
        wavetank compare 1 --max-score-drop 5 --max-failed-rise 0.5% --max-slower 30s
      """)

  @Argument(help: "The suite that sets the measure.") var baseline: String
  @Argument(help: "The suite that is measured.") var candidate = "latest"
  @Option(help: "What standard output gets.") var output = TextOrJSON.text
  @OptionGroup(title: "What may be worse") var thresholds: ThresholdOptions
  @OptionGroup() var record: RecordOption

  func run() throws {
    guard let baseline = try Stores.suite(baseline, in: record.path),
      let candidate = try Stores.suite(candidate, in: record.path)
    else { throw ExitCode.validationFailure }
    try ExitCode.end(
      Self.run(baseline, candidate, limits: thresholds.limits, json: output == .json))
  }

  /// Compares, shows, and returns the exit code.
  static func run(
    _ baseline: StoredSuite, _ candidate: StoredSuite, limits: Comparison.Thresholds,
    json: Bool = false, onStandardError: Bool = false
  ) -> Int32 {
    var (baseline, candidate) = (baseline, candidate)
    if baseline.record.version != candidate.record.version {
      baseline = again(baseline)
      candidate = again(candidate)
    }
    let comparison = Comparison(
      baseline: baseline.record, candidate: candidate.record, thresholds: limits)
    guard comparison.pairs > 0 else {
      return WrongInput.say(
        "\(baseline.name) and \(candidate.name) have no scenario and seed in common"
          + incomplete([baseline, candidate]))
    }
    let text =
      json
      ? ComparisonReport.json(comparison, baseline: baseline.side, candidate: candidate.side)
      : ComparisonReport.text(
        comparison, baseline: baseline.side, candidate: candidate.side, color: Terminal.hasColor)
    if onStandardError { Terminal.say(text) } else { print(text, terminator: "") }
    return comparison.hasRegression ? 3 : 0
  }

  /// What explains that runs are missing.
  private static func incomplete(_ suites: [StoredSuite]) -> String {
    let names = suites.filter { !$0.isComplete }.map(\.name)
    return names.isEmpty ? "" : " (not finished: \(names.joined(separator: ", ")))"
  }

  /// A suite of another version is run again with this one, so that a change of the engine is not
  /// taken for one of the scenario.
  private static func again(_ suite: StoredSuite) -> StoredSuite {
    let version = SuiteRecord.engineVersion
    guard suite.record.version != version else { return suite }
    Terminal.say(
      "\(suite.name) was made by version \(suite.record.version): running its inputs with "
        + version)
    var fresh = suite
    fresh.name += ", run again"
    fresh.record.version = version
    var scenarios: [Scenario] = []
    for record in suite.record.scenarios {
      guard var scenario = ScenarioReader.read(record) else {
        Terminal.say("this version cannot read \(record.name) any more: left out")
        continue
      }
      scenario.seeds = suite.record.runs.filter { $0.scenario == record.name }.map(\.seed)
      scenarios.append(scenario)
    }
    let progress = Progress(total: scenarios.reduce(0) { $0 + $1.seeds.count })
    fresh.record.runs = Suite.run(
      scenarios, jobs: ProcessInfo.processInfo.activeProcessorCount
    ) { run in progress.step(run.scenario) }
    progress.end()
    return fresh
  }
}

/// A suite that was read for comparison: figures alone.
struct StoredSuite {
  var name: String
  var record: SuiteRecord
  /// Whether all that was to be run is in it.
  var isComplete = true

  var side: ComparisonReport.Side {
    .init(
      name: name, startedAt: record.startedAt, version: record.version,
      finishedRuns: isComplete ? nil : record.runs.count)
  }
}

/// The database of runs, for commands that read it.
enum Stores {
  /// nil, with a message, where there is none.
  static func open(_ path: String) throws -> RecordStore? {
    try explained(path) { try RecordStore(reading: path) }
  }

  /// nil, with a message, where there is no such suite.
  static func suite(_ text: String, in path: String) throws -> StoredSuite? {
    guard let reference = SuiteReference(text) else {
      _ = WrongInput.say(
        "`\(text)` is no suite; write its number (`wavetank history` lists them), `latest`, "
          + "`latest~1`, or one of another database: `old.sqlite#12`")
      return nil
    }
    return try explained(text) {
      let (store, id) = try reference.resolve(database: path)
      let name = reference.path.map { "suite \(id) in \($0)" } ?? "suite \(id)"
      do {
        return StoredSuite(
          name: name, record: try store.suite(id, detail: .figures),
          isComplete: try store.isFinished(id))
      } catch RecordingError.noSuite(let id) {
        throw RecordingError.unknownSuite(id, known: try store.suiteNumbers()?.ids)
      }
    }
  }

  /// Says what the user can mend; other errors are ours.
  static func explained<Value>(_ path: String, _ body: () throws -> Value) throws -> Value? {
    do {
      return try body()
    } catch let error as RecordingError {
      _ = WrongInput.say(error.description)
      return nil
    } catch let error as SQLiteError where error.isCorrupt {
      _ = WrongInput.say("`\(path)` is damaged, or no database: \(error.message)")
      return nil
    }
  }
}

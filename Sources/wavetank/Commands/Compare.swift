import Foundation
import Harness
import Recording
import Reporting
import SQLite

struct CompareOptions {
  /// A suite's number, `latest`, `latest~1`, or one of another database: `old.sqlite#12`.
  var baseline: String
  /// The same; `latest` by default.
  var candidate = "latest"
  var record = "reports/wavetank.sqlite"
  var json = false
}

/// `wavetank compare`: a suite against an earlier one; exit code 3 where it is worse.
enum Compare {
  static func run(_ options: CompareOptions) throws -> Int32 {
    guard let baseline = try Stores.suite(options.baseline, in: options.record),
      let candidate = try Stores.suite(options.candidate, in: options.record)
    else { return 2 }
    return run(baseline, candidate, json: options.json)
  }

  /// Compares, shows, and returns the exit code.
  static func run(
    _ baseline: StoredSuite, _ candidate: StoredSuite, json: Bool = false,
    onStandardError: Bool = false
  ) -> Int32 {
    var (baseline, candidate) = (baseline, candidate)
    if baseline.record.version != candidate.record.version {
      baseline = again(baseline)
      candidate = again(candidate)
    }
    let comparison = Comparison(baseline: baseline.record, candidate: candidate.record)
    guard comparison.pairs > 0 else {
      return WrongInput.say(
        "\(baseline.name) and \(candidate.name) have no scenario and seed in common")
    }
    let text =
      json
      ? ComparisonReport.json(comparison, baseline: baseline.side, candidate: candidate.side)
      : ComparisonReport.text(
        comparison, baseline: baseline.side, candidate: candidate.side, color: Terminal.hasColor)
    if onStandardError { Terminal.say(text) } else { print(text, terminator: "") }
    return comparison.hasRegression ? 3 : 0
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

  var side: ComparisonReport.Side {
    .init(name: name, startedAt: record.startedAt, version: record.version)
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
      return StoredSuite(name: name, record: try store.suite(id, detail: .figures))
    }
  }

  /// Says what the user can mend; other errors are ours.
  private static func explained<Value>(_ path: String, _ body: () throws -> Value) throws -> Value?
  {
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

import Foundation
import Harness
import Recording
import Reporting

struct CompareOptions {
  /// A suite's number, or `latest`.
  var baseline: String
  /// The same; `latest` by default.
  var candidate = "latest"
  var record = "reports/wavetank.sqlite"
  var json = false
}

/// `wavetank compare`: a suite against an earlier one; exit code 3 where it is worse.
enum Compare {
  static func run(_ options: CompareOptions) throws -> Int32 {
    guard let store = try Stores.open(options.record) else { return 2 }
    guard let baseline = try suite(options.baseline, store),
      let candidate = try suite(options.candidate, store)
    else { return 2 }
    let comparison = Comparison(
      baseline: again(baseline, like: candidate), candidate: candidate)
    if options.json {
      let encoder = JSONEncoder()
      encoder.outputFormatting = [.prettyPrinted, .sortedKeys]
      print(String(decoding: try encoder.encode(comparison), as: UTF8.self))
    } else {
      print(ComparisonReport.text(comparison, color: Terminal.hasColor), terminator: "")
    }
    return comparison.hasRegression ? 3 : 0
  }

  private static func suite(_ name: String, _ store: RecordStore) throws -> SuiteRecord? {
    let id = name == "latest" ? try store.latestSuite() : Int64(name)
    guard let id else {
      _ = WrongInput.say(
        name == "latest"
          ? "no suite has been run to its end yet"
          : "`\(name)` is no suite; write its number (`wavetank history` lists them) or `latest`")
      return nil
    }
    do {
      return try store.suite(id)
    } catch let error as RecordingError {
      _ = WrongInput.say(error.description)
      return nil
    }
  }

  /// A baseline of another version is run again with this one, so that a change of the engine is not
  /// taken for one of the scenario.
  private static func again(_ baseline: SuiteRecord, like candidate: SuiteRecord) -> SuiteRecord {
    guard baseline.version != candidate.version else { return baseline }
    Terminal.say(
      "the baseline was made by version \(baseline.version): running its inputs with "
        + candidate.version)
    var fresh = baseline
    fresh.version = candidate.version
    var scenarios: [Scenario] = []
    for record in baseline.scenarios {
      guard var scenario = ScenarioReader.read(record) else {
        Terminal.say("this version cannot read \(record.name) any more: left out")
        continue
      }
      scenario.seeds = baseline.runs.filter { $0.scenario == record.name }.map(\.seed)
      scenarios.append(scenario)
    }
    fresh.runs = Suite.run(
      scenarios, jobs: ProcessInfo.processInfo.activeProcessorCount
    ) { _ in }
    return fresh
  }
}

/// The database of runs, for commands that read it.
enum Stores {
  /// nil, with a message, where there is none.
  static func open(_ path: String) throws -> RecordStore? {
    guard FileManager.default.fileExists(atPath: path) else {
      _ = WrongInput.say("there is no record at `\(path)`; `wavetank run` makes one")
      return nil
    }
    return try RecordStore(path: path)
  }
}

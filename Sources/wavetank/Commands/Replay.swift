import Foundation
import Harness
import Recording
import Reporting

struct ReplayOptions {
  /// A run's number, or a scenario's name (its latest run).
  var run: String
  var seed: UInt64?
  var pods = false
  var json = false
  var record = "reports/wavetank.sqlite"
}

/// `wavetank replay`: runs a recorded run again from its recorded inputs, and tells its story.
///
/// The digests must agree; where they do not, the exit code is 4.
enum Replay {
  static func run(_ options: ReplayOptions) throws -> Int32 {
    guard let store = try Stores.open(options.record) else { return 2 }
    guard let id = try find(options, store) else {
      return WrongInput.say(
        "there is no run of `\(options.run)`; `wavetank history` lists what has been run")
    }
    let recorded = try store.run(id)
    guard let scenario = ScenarioReader.read(try store.scenario(ofRun: id)) else {
      return WrongInput.say("this version cannot read the scenario of run \(id)")
    }
    let seed = options.seed ?? recorded.seed
    let run = ScenarioRun(scenario).record(seed: seed)
    if options.json {
      var suite = SuiteRecord([scenario], startedAt: Clock.now(), commandLine: [])
      suite.runs = [run]
      print(JSONReport.json(suite), terminator: "")
    } else {
      print(
        ReplayReport.text(run, color: Terminal.hasColor, pods: options.pods), terminator: "")
    }
    if seed == recorded.seed, run.digest != recorded.digest {
      Terminal.say(
        "run \(id) was recorded with digest \(recorded.digest), now it is \(run.digest): "
          + "the engine has changed, or the run is not deterministic")
      return 4
    }
    return 0
  }

  private static func find(_ options: ReplayOptions, _ store: RecordStore) throws -> Int64? {
    if let id = Int64(options.run) { return id }
    let runs = try store.runs(of: options.run, limit: 10_000)
    return (options.seed.flatMap { seed in runs.first { $0.seed == seed } } ?? runs.first)?.id
  }
}

import Arguments
import Foundation
import Harness
import Recording
import Reporting

/// `wavetank replay`: runs a recorded run again from its recorded inputs, and tells its story.
///
/// The digests must agree; where they do not, the exit code is 4.
struct Replay: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Runs a recorded run again from its recorded inputs, and tells its story.",
    discussion: """
      With the recorded seed the digests must agree; where they do not, the exit code is 4.

      Examples:
        wavetank replay 117 --pods
        wavetank replay rolling/crash-loop-rolled-back --seed 3
      """)

  @Argument(
    help: ArgumentHelp(
      "A run's number, or a scenario's name for its latest run.", valueName: "run"))
  var subject: String
  @Option(help: ArgumentHelp("Another seed.", valueName: "n")) var seed: UInt64?
  @Flag(help: "Tells of each pod too.") var pods = false
  @Option(help: "What standard output gets.") var output = TextOrJSON.text
  @OptionGroup() var record: RecordOption

  func run() throws { try ExitCode.end(try tell()) }

  private func tell() throws -> Int32 {
    guard let store = try Stores.open(record.path) else { return 2 }
    guard let id = try find(in: store) else {
      return WrongInput.say(
        "there is no run of `\(subject)`; `wavetank history` lists what has been run")
    }
    let found = try Stores.explained(record.path) {
      (run: try store.run(id), scenario: try store.scenario(ofRun: id))
    }
    guard let (recorded, inputs) = found else { return 2 }
    guard let scenario = ScenarioReader.read(inputs) else {
      return WrongInput.say("this version cannot read the scenario of run \(id)")
    }
    let seed = seed ?? recorded.seed
    let run = ScenarioRun(scenario).record(seed: seed)
    if output == .json {
      var suite = SuiteRecord([scenario], startedAt: Clock.now(), commandLine: [])
      suite.runs = [run]
      print(JSONReport.json(suite), terminator: "")
    } else {
      print(
        ReplayReport.text(run, color: Terminal.hasColor, pods: pods), terminator: "")
    }
    if seed == recorded.seed, run.digest != recorded.digest {
      Terminal.say(
        "run \(id) was recorded with digest \(recorded.digest), now it is \(run.digest): "
          + "the engine has changed, or the run is not deterministic")
      return 4
    }
    return 0
  }

  private func find(in store: RecordStore) throws -> Int64? {
    if let id = Int64(subject) { return id }
    let runs = try store.runs(of: subject, limit: 10_000)
    return (seed.flatMap { seed in runs.first { $0.seed == seed } } ?? runs.first)?.id
  }
}

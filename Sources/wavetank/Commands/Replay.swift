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
      A scenario's name stands for its latest run, where it was run with one seed; of several, \
      --seed chooses. With the recorded seed the digests must agree; where they do not, the exit \
      code is 4.

      Examples:
        wavetank replay 1 --pods
        wavetank replay crash-loop-rolled-back --seed 3
      """)

  @Argument(
    help: ArgumentHelp(
      "A run's number (`wavetank history SCENARIO` lists them), or a scenario's name.",
      valueName: "run"))
  var subject: String
  @Option(help: ArgumentHelp("Which of the seeds, or another one.", valueName: "n"))
  var seed: UInt64?
  @Flag(help: "Tells of each pod too.") var pods = false
  @Option(help: "What standard output gets.") var output = TextOrJSON.text
  @OptionGroup() var record: RecordOption

  func run() throws { try ExitCode.end(try tell()) }

  private func tell() throws -> Int32 {
    guard let store = try Stores.open(record.path) else { return 2 }
    let id: Int64
    switch try RunChoice(subject, seed: seed, in: store) {
    case .run(let found): id = found
    case .none(let message): return WrongInput.say(message)
    case .unknown(let message, let known):
      return WrongInput.say(
        message, in: known, for: subject,
        none: "nothing has been run yet, `wavetank run` records what it runs")
    }
    let found = try Stores.explained(record.path) {
      (run: try store.run(id), scenario: try store.scenario(ofRun: id))
    }
    guard let (recorded, inputs) = found else { return 2 }
    guard let scenario = ScenarioReader.read(inputs) else {
      return WrongInput.say("this version cannot read the scenario of run \(id)")
    }
    let seed = seed ?? recorded.seed
    if seed != recorded.seed {
      Terminal.say("seed \(seed) was not recorded: run with the inputs of run \(id)")
    }
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
}

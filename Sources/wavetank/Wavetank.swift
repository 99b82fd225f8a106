import Arguments
import Harness
import Recording

/// The command line: one file per command under `Commands/`.
@main
struct Wavetank: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "wavetank",
    abstract: "Rehearses Kubernetes rollouts in a deterministic simulation.",
    discussion: """
      Examples:
        wavetank run scenarios/
        wavetank rehearse -f k8s/ --set-image web=shop/web:v2
        helm template . | wavetank rehearse -f - --set-image web=shop/web:v2

      Exit codes:
        0   all met
        1   an expectation failed, or a change brings a finding
        2   the input is wrong
        3   regression against the baseline
        4   the same seed gave two digests
        70  the product failed
        130, 143  ended by SIGINT, SIGTERM; what was run is recorded
      """,
    version: SuiteRecord.engineVersion,
    subcommands: [
      Run.self, Rehearse.self, Init.self, Validate.self, Compare.self, History.self, Replay.self,
      Query.self, Schema.self,
      Completions.self,
    ])
}

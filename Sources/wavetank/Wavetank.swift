import Foundation

/// The command line: one file per command under `Commands/`.
@main
struct Wavetank {
  static let usage = """
    wavetank: rehearses Kubernetes rollouts in a deterministic simulation

    wavetank validate PATH... [--output text|json] [--quiet]
        reads manifests (files, folders, - for standard input) and says what cannot be read and
        what is not simulated
    wavetank schema [--output json|markdown]
        what may be written in a scenario file: JSON Schema, or the reference page
    wavetank run PATH... [--name NAME] [--seeds N] [--jobs N] [--output text|json|github]
        [--junit FILE] [--report FILE] [--record FILE] [--baseline SUITE]
        runs scenarios over their seeds, judges them, and remembers them
    wavetank compare BASELINE [CANDIDATE], wavetank history [SCENARIO|SUITE],
    wavetank replay RUN|SCENARIO [--seed N] [--pods]
        what has been run before, what has changed, and the story of one run
    wavetank rehearse -f PATH [-f PATH...] --set-image DEPLOYMENT=IMAGE [--seeds N] [--rate N]
        [--startup SPAN] [--service-time SPAN] [--output json] [--report FILE] [--save FOLDER]
        rolls the change out in a simulated cluster under several failures, as it is and with a
        rollback guard, and says what would be survived

    Examples:
      wavetank validate k8s/
      helm template . | wavetank rehearse -f - --set-image web=shop/web:v2

    Exit codes: 0 all met, 1 an expectation failed, 2 the input is wrong, 3 regression against the
    baseline, 4 the same seed gave two digests, 70 the product failed.
    """

  static func main() {
    var arguments = Array(CommandLine.arguments.dropFirst())
    guard let command = arguments.first else {
      print(usage)
      exit(2)
    }
    arguments.removeFirst()
    if arguments.contains("--help") || arguments.contains("-h") {
      print(usage)
      exit(0)
    }
    switch command {
    case "validate": exit(Validate.run(arguments))
    case "schema": exit(Schema.run(arguments))
    case "run", "rehearse", "compare", "history", "replay": exit(Dispatch.run(command, arguments))
    case "help", "--help", "-h":
      print(usage)
      exit(0)
    default:
      exit(
        WrongInput.say(
          "unknown command `\(command)`",
          in: ["compare", "history", "rehearse", "replay", "run", "schema", "validate"],
          for: command))
    }
  }
}

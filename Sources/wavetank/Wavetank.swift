import Foundation

/// The command line: one file per command under `Commands/`.
@main
struct Wavetank {
  static let usage = """
    wavetank: rehearses Kubernetes rollouts in a deterministic simulation

    wavetank validate PATH...
        reads manifests (files, folders, - for standard input) and says what cannot be read and
        what is not simulated
    wavetank rehearse -f PATH [-f PATH...] --set-image DEPLOYMENT=IMAGE [--seeds N] [--output json]
        rolls the change out in a simulated cluster under several failures, undoes what does not
        complete, and says what would be survived

    Examples:
      wavetank validate k8s/
      helm template . | wavetank rehearse -f - --set-image web=shop/web:v2

    Exit codes: 0 all survived, 1 the healthy change or a rollback failed, 2 the input is wrong.
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
    case "rehearse": exit(Rehearse.run(arguments))
    case "run": exit(Run.run(arguments))
    case "help", "--help", "-h":
      print(usage)
      exit(0)
    default:
      exit(
        WrongInput.say(
          "unknown command `\(command)`", in: ["validate", "rehearse", "run"], for: command))
    }
  }
}

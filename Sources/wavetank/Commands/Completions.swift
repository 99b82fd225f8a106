import Arguments

/// `wavetank completions`: a script that lets a shell complete commands, options and values.
struct Completions: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Prints a script that completes wavetank's command line in a shell.",
    discussion: """
      Examples:
        source <(wavetank completions bash)
        wavetank completions zsh > ~/.zfunc/_wavetank
        wavetank completions fish > ~/.config/fish/completions/wavetank.fish
      """)

  @Argument(help: "The shell.") var shell: CompletionShell

  func run() { print(Wavetank.completionScript(for: shell), terminator: "") }
}

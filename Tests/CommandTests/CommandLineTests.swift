import Arguments
import Testing

@testable import wavetank

@Suite struct CommandLineTests {
  static let commands = Wavetank.configuration.subcommands.map {
    $0.configuration.commandName ?? "\($0)".lowercased()
  }

  @Test(arguments: commands)
  func eachCommandHasHelpWithExamples(command: String) throws {
    let result = try Executable.run([command, "--help"])
    #expect(result.code == 0)
    #expect(result.output.hasPrefix("OVERVIEW: "))
    #expect(result.output.contains("Examples:\n  "))
    #expect(result.output.contains("USAGE: wavetank \(command)"))
    #expect(result.errors.isEmpty)
    #expect(try Executable.run(["help", command]).output == result.output)
  }

  @Test func theRootNamesEachCommandAndExitCode() throws {
    let result = try Executable.run(["--help"])
    #expect(result.code == 0)
    for command in Self.commands { #expect(result.output.contains("\n  \(command) ")) }
    for code in [0, 1, 2, 3, 4, 70] { #expect(result.output.contains("\n  \(code)  ")) }
    #expect(try Executable.run([]).output == result.output)
  }

  @Test(arguments: [
    (["rnu"], "Unknown command 'rnu'. Did you mean 'run'?"),
    (["hisotry"], "Unknown command 'hisotry'. Did you mean 'history'?"),
    (["run", "x", "--sedes", "3"], "Unknown option '--sedes'. Did you mean '--seeds'?"),
    (
      ["rehearse", "--set-imgae", "a=b"],
      "Unknown option '--set-imgae'. Did you mean '--set-image'?"
    ),
    (["run", "x", "--output", "jsn"], "The value 'jsn' is invalid for '--output <output>'."),
    (["run", "x", "--seeds", "0"], "write a whole number above 0"),
    (["run"], "Missing expected argument '<paths>'."),
    (["rehearse", "-f", "x", "--set-image", "web"], "write DEPLOYMENT=IMAGE"),
    (["rehearse"], "write -f with files or folders, or --render with a command"),
    (["rehearse", "-f", "x", "--render", "cat x"], "either from -f or from --render"),
    (["rehearse", "-f", "x", "--base", "y", "--set-image", "a=b"], "either --base or --set-image"),
    (["rehearse", "-f", "x", "--prune"], "--prune needs --base"),
    (["compare", "1", "--max-failed-rise", "x"], "a percentage such as 0.1%"),
    (["compare", "1", "--max-slower", "5"], "a length of time such as 5s"),
    (["compare", "1", "--max-socre-drop", "5"], "Did you mean '--max-score-drop'?"),
    (["validate"], "validate needs a file or folder"),
    (["replay"], "Missing expected argument '<run>'."),
    (["completions", "tcsh"], "Please provide one of 'bash', 'fish', 'zsh'."),
  ])
  func wrongUsageIsExplainedWithCode2(words: [String], sentence: String) throws {
    let result = try Executable.run(words)
    #expect(result.code == 2)
    #expect(result.errors.contains(sentence), "\(result.errors)")
    #expect(result.errors.contains("\nUsage: wavetank"))
    #expect(result.output.isEmpty)
  }

  @Test func theVersionIsPrinted() throws {
    let result = try Executable.run(["--version"])
    #expect(result.code == 0)
    #expect(result.output == Wavetank.configuration.version + "\n")
  }

  @Test(arguments: ["bash", "fish", "zsh"])
  func completionsKnowEachCommand(shell: String) throws {
    let result = try Executable.run(["completions", shell])
    #expect(result.code == 0)
    for command in Self.commands { #expect(result.output.contains(command)) }
    for option in ["set-image", "baseline", "no-record"] {
      #expect(result.output.contains(option))
    }
  }

  /// Every command line that the help shows, without redirections.
  static let examples = ([Wavetank.self] + Wavetank.configuration.subcommands).flatMap {
    (command: any ParsableCommand.Type) -> [String] in
    command.configuration.discussion.split(separator: "\n")
      .filter { $0.hasPrefix("  ") }
      .compactMap { line in
        guard let start = line.firstRange(of: "wavetank ")?.lowerBound else { return nil }
        return String(line[start...].prefix { !">|)".contains($0) })
      }
  }

  @Test(arguments: examples)
  func examplesOfTheHelpFitTheDeclarations(line: String) throws {
    // What stands between quotes is one word.
    let words = line.split(separator: "'", omittingEmptySubsequences: false).enumerated().flatMap {
      $0.isMultiple(of: 2) ? $1.split(separator: " ") : [$1]
    }.dropFirst().map(String.init)
    #expect(try !(Wavetank.parseAsRoot(words) is Wavetank))
  }

  @Test func thereAreExamples() { #expect(Self.examples.count >= Self.commands.count) }
}

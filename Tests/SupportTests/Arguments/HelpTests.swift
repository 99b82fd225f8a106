import Arguments
import Testing

@Suite struct HelpTests {
  /// What is printed where a command line asks for words instead of work.
  func output(_ words: String...) throws -> String {
    let error = try #require(throws: (any Error).self) { try Tide.parseAsRoot(words) }
    #expect(Tide.exitCode(for: error) == .success)
    return Tide.fullMessage(for: error, columns: 80)
  }

  @Test func theRootListsItsCommands() throws {
    #expect(
      try output("--help") == """
        OVERVIEW: Measures the sea.

        Levels are in metres above the mean.

        Examples:
          tide measure --format json harbour

        USAGE: tide <subcommand>

        OPTIONS:
          --generate-completion-script <shell>
                                  Print a completion script. (values: bash, fish, zsh)
          --version               Show the version.
          -h, --help              Show help information.

        SUBCOMMANDS:
          measure                 Measures levels now: [all] of them.
          predict

          See 'tide help <subcommand>' for detailed help.
        """)
  }

  @Test func aCommandListsArgumentsOptionsAndDefaults() throws {
    #expect(
      try output("measure", "--help") == """
        OVERVIEW: Measures levels now: [all] of them.

        USAGE: tide measure [--quiet] [--database <database>] [--format <format>]
                 [--count <count>] [--offset <offset>] [--tag <tag> ...]
                 [--smooth|--no-smooth] [--verbose ...] <places> ...

        ARGUMENTS:
          <places>                Where to measure.

        SHARED:
          -q, --quiet             Says less.
          --database <database>   Where to keep "it".

        OPTIONS:
          -f, --format <format>   What to print. (values: text, json; default: text)
          -n, --count <count>     How often. (default: 1)
          --offset <offset>       Correction in metres. (default: 0.0)
          --tag <tag>             A mark; may be repeated.
          --smooth/--no-smooth    Averages. (default: --smooth)
          -v, --verbose
          -h, --help              Show help information.
        """)
  }

  @Test func helpIsAskedForInSeveralWays() throws {
    let page = try output("measure", "--help")
    #expect(try output("measure", "-h") == page)
    #expect(try output("help", "measure") == page)
    #expect(try output("help", "gauge") == page)
    #expect(try output("measure", "--fromat", "--help") == page)
    #expect(Tide.helpMessage(for: Measure.self, columns: 80) == page)
  }

  @Test func theVersionIsPrinted() throws {
    #expect(try output("--version") == "1.2.3")
    #expect(try output("measure", "--version") == "1.2.3")
  }

  @Test func aCommandWithoutWorkShowsItsHelp() throws {
    var root = try Tide.parseAsRoot([])
    let error = try #require(throws: CleanExit.self) { try root.run() }
    #expect(Tide.fullMessage(for: error, columns: 80) == Tide.helpMessage(columns: 80))
  }

  @Test func noLineOfWordsIsWiderThanTheTerminal() {
    let lines = Tide.helpMessage(for: Measure.self, columns: 60).split(separator: "\n")
    #expect(lines.allSatisfy { $0.count <= 60 }, "\(lines.filter { $0.count > 60 })")
  }
}

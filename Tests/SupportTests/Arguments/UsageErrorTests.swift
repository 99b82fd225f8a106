import Arguments
import Testing

@Suite struct UsageErrorTests {
  /// What the user sees of a command line that is wrong.
  func refusal(_ line: String) throws -> (code: Int32, sentence: String, text: String) {
    let error = try #require(throws: (any Error).self) {
      try Tide.parseAsRoot(line.split(separator: " ").map(String.init))
    }
    return (
      Tide.exitCode(for: error).rawValue, Tide.message(for: error),
      Tide.fullMessage(for: error, columns: 80)
    )
  }

  @Test(arguments: [
    ("measure --fromat json x", "Unknown option '--fromat'. Did you mean '--format'?"),
    ("measure --zzzzzz x", "Unknown option '--zzzzzz'."),
    ("measure -x y", "Unknown option '-x'."),
    ("meassure x", "Unknown command 'meassure'. Did you mean 'measure'?"),
    ("help predit", "Unknown command 'predit'. Did you mean 'predict'?"),
    ("zzz", "Unknown command 'zzz'."),
    ("measure x --format", "Missing value for '--format <format>'."),
    ("measure x --format --quiet", "Missing value for '--format <format>'."),
    ("measure", "Missing expected argument '<places>'."),
    ("predict x", "Missing expected argument '--hour <hour>'."),
    ("predict --hour 1 x json more", "Unexpected argument 'more'."),
    ("measure --quiet=yes x", "The flag '--quiet' takes no value."),
    (
      "measure -f jsn x",
      "The value 'jsn' is invalid for '--format <format>'. "
        + "Please provide one of 'text', 'json'. Did you mean 'json'?"
    ),
    (
      "measure --count many x",
      "The value 'many' is invalid for '--count <count>': a whole number is wanted."
    ),
    (
      "measure --offset 1m x",
      "The value '1m' is invalid for '--offset <offset>': a number is wanted."
    ),
    (
      "predict --hour 24 x",
      "The value '24' is invalid for '--hour <hour>': an hour from 0 to 23 is wanted"
    ),
    ("measure --count 101 x", "--count is 101; at most 100 is possible"),
  ])
  func wrongUsageIsExplained(line: String, sentence: String) throws {
    let refusal = try refusal(line)
    #expect(refusal.sentence == sentence)
    #expect(refusal.code == 2)
  }

  @Test func aRefusalShowsTheUsageOfItsCommand() throws {
    #expect(
      try refusal("predict --hour").text == """
        Error: Missing value for '--hour <hour>'.
        Usage: tide predict --hour <hour> <place> [<model>]
          See 'tide predict --help' for more information.
        """)
  }

  @Test func hiddenCommandsAreNotSuggested() throws {
    #expect(try refusal("secrt").sentence == "Unknown command 'secrt'.")
  }

  @Test func anExitCodeEndsWithoutWords() throws {
    var command = try Tide.parseAsRoot(["secret"])
    let error = try #require(throws: ExitCode.self) { try command.run() }
    #expect(Tide.exitCode(for: error).rawValue == 3)
    #expect(Tide.fullMessage(for: error).isEmpty)
  }

  @Test func otherErrorsAreFailuresOfTheProduct() {
    struct Broken: Error {}
    #expect(Tide.exitCode(for: Broken()).rawValue == 70)
    #expect(Tide.fullMessage(for: Broken()) == "Error: Broken()")
  }
}

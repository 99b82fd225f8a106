import Arguments

/// How a command that has two ways shows what it found.
enum TextOrJSON: String, CaseIterable, ExpressibleByArgument {
  case text, json
}

/// Where runs are remembered.
struct RecordOption: ParsableArguments {
  @Option(
    name: .customLong("record"), help: ArgumentHelp("The database of runs.", valueName: "file"),
    completion: .file(extensions: ["sqlite"]))
  var path = "reports/wavetank.sqlite"
}

/// Reads a number of things.
///
/// - Throws: `ValidationError` for anything but a whole number above 0.
@Sendable func wholeNumberAboveZero(_ word: String) throws -> Int {
  guard let number = Int(word), number > 0 else {
    throw ValidationError("write a whole number above 0")
  }
  return number
}

extension ExitCode {
  /// Ends the command, unless the code is 0.
  static func end(_ code: Int32) throws {
    if code != 0 { throw ExitCode(code) }
  }
}

import Arguments

/// A tool with all that a command line can declare.
struct Tide: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "tide", abstract: "Measures the sea.",
    discussion: """
      Levels are in metres above the mean.

      Examples:
        tide measure --format json harbour
      """,
    version: "1.2.3", subcommands: [Measure.self, Predict.self, Secret.self])
}

enum Format: String, CaseIterable, ExpressibleByArgument {
  case text, json
}

struct Shared: ParsableArguments {
  @Flag(name: .shortAndLong, help: "Says less.") var quiet = false
  @Option(help: "Where to keep \"it\".", completion: .file(extensions: ["sqlite"]))
  var database: String?
}

struct Measure: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Measures levels now: [all] of them.", aliases: ["gauge"])

  @OptionGroup(title: "Shared") var shared: Shared
  @Option(name: .shortAndLong, help: "What to print.") var format = Format.text
  @Option(name: [.customShort("n"), .long], help: "How often.") var count = 1
  @Option(help: "Correction in metres.") var offset = 0.0
  @Option(name: .customLong("tag"), help: "A mark; may be repeated.") var tags: [String] = []
  @Flag(inversion: .prefixedNo, help: "Averages.") var smooth = true
  @Flag(name: .shortAndLong) var verbose: Int
  @Argument(help: "Where to measure.", completion: .directory) var places: [String]

  mutating func validate() throws {
    if count > 100 { throw ValidationError("--count is \(count); at most 100 is possible") }
  }
}

struct Predict: ParsableCommand {
  @Option(transform: { word in
    guard let hour = Int(word), (0...23).contains(hour) else {
      throw ValidationError("an hour from 0 to 23 is wanted")
    }
    return hour
  }) var hour: Int
  @Argument() var place: String
  @Argument() var model: Format?
}

struct Secret: ParsableCommand {
  static let configuration = CommandConfiguration(shouldDisplay: false)

  func run() throws { throw ExitCode(3) }
}

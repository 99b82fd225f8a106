import Arguments
import Harness

/// `wavetank schema`: what may be written in a scenario file.
struct Schema: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Prints what may be written in a scenario file.",
    discussion: """
      Examples:
        wavetank schema > scenario.schema.json
        wavetank schema --output markdown
      """)

  enum Output: String, CaseIterable, ExpressibleByArgument {
    case json, markdown
  }

  @Option(help: "JSON Schema, or the reference page.") var output = Output.json

  func run() {
    switch output {
    case .json: print(ScenarioSchema.json)
    case .markdown: print(ScenarioSchema.reference, terminator: "")
    }
  }
}

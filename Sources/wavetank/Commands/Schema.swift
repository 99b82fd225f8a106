import Arguments
import Harness
import Reporting

/// `wavetank schema`: what may be written in a scenario file and in `wavetank.yaml`, and what the findings
/// are written as.
struct Schema: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract:
      "Prints what may be written in a scenario file or wavetank.yaml, or how findings are.",
    discussion: """
      Examples:
        wavetank schema > scenario.schema.json
        wavetank schema --output markdown
        wavetank schema --of settings --output markdown
        wavetank schema --of findings > findings.schema.json
      """)

  enum Output: String, CaseIterable, ExpressibleByArgument {
    case json, markdown
  }

  enum Document: String, CaseIterable, ExpressibleByArgument {
    case scenario, settings, findings
  }

  @Option(help: "JSON Schema, or the reference page.") var output = Output.json
  @Option(help: "Of which document.") var of = Document.scenario

  func validate() throws {
    if of == .findings, output == .markdown {
      throw ValidationError("there is no reference page of findings; docs/findings has one of each")
    }
  }

  func run() {
    switch (of, output) {
    case (.findings, _): print(FindingsReport.schema, terminator: "")
    case (.settings, .json): print(RehearsalSettingsSchema.json)
    case (.settings, .markdown): print(RehearsalSettingsSchema.reference, terminator: "")
    case (.scenario, .json): print(ScenarioSchema.json)
    case (.scenario, .markdown): print(ScenarioSchema.reference, terminator: "")
    }
  }
}

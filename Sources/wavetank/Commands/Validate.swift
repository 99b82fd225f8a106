import Arguments
import ClusterAPI
import Harness
import Manifests

/// `wavetank validate`: what of the manifests can be read, and what of it is simulated.
struct Validate: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Says what of manifests cannot be read, and what is not simulated.",
    discussion: """
      Examples:
        wavetank validate k8s/
        helm template . | wavetank validate -
      """)

  @Argument(
    help: "Files, folders, or - for standard input.",
    completion: .file(extensions: ["yaml", "yml", "json"]))
  var paths: [String] = []
  @Option(
    name: [.customShort("f"), .customLong("filename")],
    help: ArgumentHelp("The same, as kubectl has it.", valueName: "path"),
    completion: .file(extensions: ["yaml", "yml", "json"]))
  var files: [String] = []
  @Option(help: "What standard output gets.") var output = TextOrJSON.text
  @Flag(help: "Leaves out the notes on what is not simulated.") var quiet = false

  func validate() throws {
    if paths.isEmpty, files.isEmpty { throw ValidationError("validate needs a file or folder") }
  }

  func run() throws {
    let paths = files + paths
    guard let files = ManifestInput.load(paths) else { throw ExitCode.validationFailure }
    let set = ManifestReader.read(files: files)
    let rules = ManifestRules(files: files, besides: set.diagnostics)
    let diagnostics =
      set.diagnostics + rules.diagnostics + UnknownMetrics.warnings(rules.entries, images: [])
    if set.counts.files == 0 {
      try ExitCode.end(
        WrongInput.say(
          "no manifest below \(paths.joined(separator: ", ")): no file ends in "
            + ManifestFiles.extensions.map { ".\($0)" }.joined(separator: ", ")))
    }
    switch output {
    case .json: print(ValidationReport.json(set, diagnostics))
    case .text:
      let said = diagnostics.filter { !quiet || $0.severity != .note }
      for line in DiagnosticLines.lines(said, all: "`--output json` has them all") { print(line) }
      print(ValidationReport.text(set))
    }
    if set.hasErrors || rules.hasErrors { throw ExitCode.validationFailure }
  }
}

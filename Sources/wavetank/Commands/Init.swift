import Arguments
import Foundation
import Harness
import Manifests

/// `wavetank init`: writes down what a rehearsal assumes.
struct Init: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Writes a wavetank.yaml with everything that a rehearsal assumes.",
    discussion: """
      It stands beside the manifests, and `wavetank rehearse` reads it. Write what you know better: \
      start-up times, requests in a second, nodes, findings that are accepted.

      Examples:
        wavetank init -f k8s/
        helm template shop chart/ | wavetank init -f - --to wavetank.yaml
      """)

  @Option(
    name: [.customShort("f"), .customLong("filename")],
    help: ArgumentHelp("Files, folders, or - for standard input.", valueName: "path"),
    completion: .file(extensions: ["yaml", "yml", "json"]))
  var files: [String] = []
  @Option(
    help: ArgumentHelp("Where to; by default beside the manifests.", valueName: "file"),
    completion: .file(extensions: ["yaml"]))
  var to: String?
  @Flag(help: "Replaces the file where it is there.") var force = false

  func validate() throws {
    if files.isEmpty { throw ValidationError("write -f with files or folders") }
  }

  func run() throws { try ExitCode.end(try write()) }

  private func write() throws -> Int32 {
    let set: ManifestSet
    do {
      set = ManifestReader.read(files: try TreeInput(paths: files, command: nil).head())
    } catch let problem as TreeProblem {
      return WrongInput.say(problem.message)
    }
    for line in DiagnosticLines.lines(set.diagnostics.filter({ $0.severity == .error })) {
      Terminal.say(line)
    }
    guard set.objects.contains(where: \.makesPods) else {
      return WrongInput.say("there is no workload in the manifests")
    }
    let path = to ?? SettingsInput.place(beside: files)
    if FileManager.default.fileExists(atPath: path), !force {
      return WrongInput.say("`\(path)` is there already; --force replaces it")
    }
    try Files.write(InitialSettings.text(set.objects), to: path)
    Terminal.say("\(path): what `wavetank rehearse` assumes; it reads the file from now on")
    return 0
  }
}

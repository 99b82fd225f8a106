import Foundation
import Harness
import Manifests

/// Scenarios from files, folders and standard input.
enum ScenarioInput {
  /// nil, with diagnostics on standard error, where a file cannot be read.
  static func read(_ paths: [String], seeds: Int?) -> [Scenario]? {
    var scenarios: [Scenario] = []
    var isWrong = false
    for path in paths {
      guard let files = list(path) else {
        isWrong = true
        continue
      }
      for file in files {
        guard var scenario = read(file) else {
          isWrong = true
          continue
        }
        if let seeds { scenario.seeds = Array(1...UInt64(seeds)) }
        if let twin = scenarios.first(where: { $0.name == scenario.name }) {
          _ = WrongInput.say(
            "\(file): the name \(scenario.name) is taken by \(twin.files.first?.name ?? "another")")
          isWrong = true
        }
        scenarios.append(scenario)
      }
    }
    return isWrong ? nil : scenarios
  }

  private static func list(_ path: String) -> [String]? {
    if path == "-" { return [path] }
    do {
      return try ScenarioFiles.list(path)
    } catch {
      _ = WrongInput.say("cannot read `\(path)`: \(Files.problem(error))")
      return nil
    }
  }

  private static func read(_ file: String) -> Scenario? {
    guard let bytes = bytes(file) else {
      _ = WrongInput.say("cannot read `\(file)`")
      return nil
    }
    if file == "-", bytes.isEmpty {
      _ = WrongInput.say("standard input is empty; write a scenario to it")
      return nil
    }
    let folder = Files.folder(of: file)
    let result = ScenarioReader.read(
      name: file == "-" ? "stdin.yaml" : file, bytes: bytes,
      source: ScenarioSource(folder: folder.isEmpty ? "." : folder))
    let said = result.diagnostics.filter { $0.severity != .note }
    for line in DiagnosticLines.lines(said) { Terminal.say(line) }
    return result.scenario
  }

  private static func bytes(_ file: String) -> [UInt8]? {
    if file == "-" { return try? ManifestFiles.standardInput() }
    return FileManager.default.contents(atPath: file).map { [UInt8]($0) }
  }
}

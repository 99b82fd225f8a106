import Foundation
import Testing

/// Files and standard input, as users get them wrong.
@Suite struct InputTests {
  private static let service = """
    apiVersion: v1
    kind: Service
    metadata: {name: web}
    spec: {selector: {app: web}, ports: [{port: 80}]}
    """

  /// Runs the command in a folder that holds one file.
  private func run(_ words: [String], file: String, _ text: String) throws -> Executable.Result {
    try Executable.inFolder { folder in
      try Data(text.utf8).write(to: URL(fileURLWithPath: "\(folder)/\(file)"))
      let result = try Executable.run(words, in: folder)
      #expect(try FileManager.default.contentsOfDirectory(atPath: folder) == [file])
      return result
    }
  }

  @Test func manifestsAreReadFromFilesAndStandardInput() throws {
    let file = try run(["validate", "web.yaml"], file: "web.yaml", Self.service)
    #expect(file.code == 0)
    #expect(file.output.contains("1 file, 1 document:"))
    let input = try Executable.run(["validate", "-"], input: Self.service)
    #expect(input.code == 0)
    #expect(input.output == file.output)
  }

  @Test func aWrongManifestIsPointedAt() throws {
    let wrong = Self.service.replacing("port: 80", with: "port: eighty")
    let result = try run(["validate", "web.yaml"], file: "web.yaml", wrong)
    #expect(result.code == 2)
    #expect(result.output.contains("web.yaml:4:"))
    #expect(result.output.contains("eighty"))
  }

  @Test(arguments: [
    ["validate", "absent.yaml"], ["run", "absent.yaml"],
    ["rehearse", "-f", "absent.yaml", "--set-image", "web=x"],
    ["history", "--record", "absent.sqlite"], ["compare", "1", "--record", "absent.sqlite"],
    ["replay", "1", "--record", "absent.sqlite"],
  ])
  func whatIsAbsentIsNamedAndNothingIsWritten(words: [String]) throws {
    try Executable.inFolder { folder in
      let result = try Executable.run(words, in: folder)
      #expect(result.code == 2)
      #expect(result.errors.contains("absent."), "\(result.errors)")
      #expect(result.output.isEmpty)
      #expect(try FileManager.default.contentsOfDirectory(atPath: folder).isEmpty)
    }
  }

  @Test func allProblemsOfAScenarioArePointedAtAndNothingIsWritten() throws {
    let scenario = """
      apiVersion: wavetank.dev/v1
      kind: Scenario
      metadata: {name: x}
      spec:
        seedz: 3
        duration: 10
      """
    let result = try run(["run", "s.yaml"], file: "s.yaml", scenario)
    #expect(result.code == 2)
    #expect(result.errors.contains("s.yaml:5:3: "), "\(result.errors)")
    #expect(result.errors.contains("`seeds`"), "\(result.errors)")
    #expect(result.errors.contains("s.yaml:6:13: "), "\(result.errors)")
  }

  /// The terminal is not flooded, and nothing is left out of the document.
  @Test func ofManyProblemsOfAFileTheFirstAreShownAndTheRestCounted() throws {
    let notes = (1...30).map { "  annotation\($0): x" }.joined(separator: "\n")
    let ports = (1...25).map { "  - {name: p\($0), port: none\($0)}" }.joined(separator: "\n")
    let text = """
      apiVersion: v1
      kind: Service
      metadata:
        name: web
      \(notes)
      spec:
        selector: {app: web}
        ports:
      \(ports)
      """
    let result = try run(["validate", "web.yaml"], file: "web.yaml", text)
    #expect(result.code == 2)
    let lines = result.output.split(separator: "\n").filter { $0.hasPrefix("web.yaml:") }
    #expect(lines.count == 21)
    #expect(lines.prefix(20).allSatisfy { $0.contains(": error: ") }, "errors come first")
    #expect(
      lines.last == "web.yaml: 5 errors, 30 warnings more; `--output json` has them all",
      "\(lines.last ?? "")")
    let json = try run(["validate", "web.yaml", "--output", "json"], file: "web.yaml", text)
    #expect(json.output.split(separator: "\"severity\"").count == 56)
  }

  @Test func ofManyProblemsOfAScenarioTheFirstAreShown() throws {
    let loads = (1...30).map { "  - {service: web, curve: {constant: -\($0)}}" }
    let scenario = """
      apiVersion: wavetank.dev/v1
      kind: Scenario
      metadata: {name: x}
      spec:
        load:
      \(loads.joined(separator: "\n"))
      """
    let result = try run(["run", "s.yaml"], file: "s.yaml", scenario)
    #expect(result.code == 2)
    let lines = result.errors.split(separator: "\n").filter { $0.hasPrefix("s.yaml:") }
    #expect(lines.count == 21)
    #expect(lines.last == "s.yaml: 13 errors more", "\(lines.last ?? "")")
  }
}

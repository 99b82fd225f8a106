import Foundation
import Testing

/// What runs the command in pipelines: the action for GitHub, the job for GitLab, the image.
@Suite struct PipelineFileTests {
  private func run(_ words: String...) throws {
    let result = try Checker.run(words)
    #expect(result.status == 0, "\(words.joined(separator: " ")): \(result.output)")
  }

  @Test(.needsCheckers) func theActionIsOne() throws {
    try run("check-jsonschema", "--builtin-schema", "vendor.github-actions", "action.yml")
  }

  @Test(.needsCheckers) func theJobIsOne() throws {
    try run(
      "check-jsonschema", "--builtin-schema", "vendor.gitlab-ci", "--data-transform", "gitlab-ci",
      "ci/gitlab.yml")
  }

  @Test(.needsCheckers) func theirYAMLIsTidy() throws {
    let rules =
      "{extends: default, rules: {line-length: {max: 180}, document-start: disable, "
      + "truthy: {check-keys: false}}}"
    try run("yamllint", "--strict", "-d", rules, "action.yml", "ci/gitlab.yml")
  }

  @Test(.needsCheckers) func theImageIsWellDescribed() throws {
    try run("hadolint", "Dockerfile")
  }

  /// Inputs reach the shell as variables: in a script they would be commands.
  @Test func inputsAreNotPastedIntoScripts() throws {
    let text = try String(
      contentsOf: Checker.root.appending(path: "action.yml"), encoding: .utf8)
    var indent: Int?
    for line in text.split(separator: "\n", omittingEmptySubsequences: false) {
      let depth = line.prefix { $0 == " " }.count
      if let begin = indent, depth <= begin, !line.isEmpty { indent = nil }
      let words = line.drop { $0 == " " }
      if words.hasPrefix("run: |") { indent = depth }
      #expect(!(indent != nil || words.hasPrefix("run:")) || !line.contains("${{"), "\(line)")
    }
  }

  @Test(.needsCheckers) func theScriptsAreSound() throws {
    try run("shellcheck", "ci/rehearse", "Tests/checkers")
  }

  /// Runs the action's script with a stand-in for docker that prints its words and ends with a code.
  private func rehearse(
    _ variables: [String: String], ends code: Int
  ) throws -> (status: Int32, files: [String: String]) {
    let folder = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let docker = folder.appending(path: "docker")
    let script =
      "#!/usr/bin/env bash\nwhile [ \"$1\" != image ]; do shift; done\n"
      + "printf '%s|' \"$@\"\necho\nexit \(code)\n"
    try Data(script.utf8).write(to: docker)
    try FileManager.default.setAttributes(
      [.posixPermissions: 0o755], ofItemAtPath: docker.path(percentEncoded: false))
    let path = folder.path(percentEncoded: false)
    let process = Process()
    process.executableURL = Checker.root.appending(path: "ci/rehearse")
    process.currentDirectoryURL = folder
    let around = ProcessInfo.processInfo.environment
    process.environment = variables.merging([
      "PATH": "\(path):\(around["PATH"] ?? "/usr/bin:/bin")", "IMAGE": "image",
      "RUNNER_TEMP": path, "GITHUB_OUTPUT": "\(path)/outputs",
      "GITHUB_STEP_SUMMARY": "\(path)/summary",
    ]) { one, _ in one }
    process.standardOutput = FileHandle.nullDevice
    try process.run()
    process.waitUntilExit()
    var files: [String: String] = [:]
    for name in ["outputs", "summary", "wavetank.md", "log.sarif"] {
      files[name] = try? String(contentsOf: folder.appending(path: name), encoding: .utf8)
    }
    return (process.terminationStatus, files)
  }

  @Test func theActionPassesItsInputsOn() throws {
    let inputs = [
      "FILES": "k8s/\na b; $(exit 9)\n\n", "BASE": "origin/main", "ARGS": "--fail-on\nerror\n",
      "SARIF": "log.sarif",
    ]
    let (status, files) = try rehearse(inputs, ends: 1)
    let words = "image|rehearse|--no-record|--base|origin/main|-f|k8s/|-f|a b; $(exit 9)|"
    #expect(status == 1)
    // One run writes both.
    #expect(
      files["summary"] == words
        + "--fail-on|error|--output|markdown|--output|sarif=log.sarif|\n")
    #expect(files["wavetank.md"] == files["summary"])
    #expect(files["outputs"]?.hasPrefix("exit-code=1\n") == true)
    #expect(files["outputs"]?.hasSuffix("\nsarif=log.sarif\n") == true)
  }

  @Test func wrongInputHasNoLog() throws {
    let (status, files) = try rehearse(
      ["RENDER": "helm template .", "SARIF": "log.sarif"], ends: 2)
    #expect(status == 2)
    #expect(files["log.sarif"] == nil && files["outputs"]?.hasSuffix("\nsarif=\n") == true)
    #expect(
      files["summary"]
        == "image|rehearse|--no-record|--render|helm template .|--output|markdown"
        + "|--output|sarif=log.sarif|\n")
  }
}

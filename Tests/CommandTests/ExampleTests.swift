import Arguments
import Foundation
import Testing

@testable import wavetank

/// Every command line that the help and the README show, typed into a shell.
@Suite struct ExampleTests {
  /// A folder that has what the examples speak of, and a `helm` that prints the manifests.
  private static func prepare(_ sandbox: Sandbox) throws {
    let executable = try #require(Executable.process([]).executableURL)
    try sandbox.write("#!/bin/sh\ncat k8s/web.yaml\n", to: "bin/helm")
    let files = FileManager.default
    try files.setAttributes(
      [.posixPermissions: 0o755], ofItemAtPath: sandbox.folder + "/bin/helm")
    try files.createSymbolicLink(
      atPath: sandbox.folder + "/bin/wavetank", withDestinationPath: executable.path)
    try files.copyItem(
      at: Executable.package.appendingPathComponent("examples"),
      to: URL(fileURLWithPath: sandbox.folder + "/examples"))
    for folder in [".zfunc", ".config/fish/completions", "scenarios/telemetry"] {
      try files.createDirectory(
        atPath: sandbox.folder + "/" + folder, withIntermediateDirectories: true)
    }
    let rules = "scenarios/telemetry/rules"
    try files.copyItem(
      at: Executable.package.appendingPathComponent(rules),
      to: URL(fileURLWithPath: sandbox.folder + "/" + rules))
    // What origin/main and v1.4.0 mean: the manifests with an older image.
    let history = """
      export GIT_CONFIG_GLOBAL=/dev/null GIT_AUTHOR_NAME=a GIT_AUTHOR_EMAIL=a@b
      export GIT_COMMITTER_NAME=a GIT_COMMITTER_EMAIL=a@b
      sed s/web:v1/web:v0/ k8s/web.yaml > old.yaml && mkdir old new && cp k8s/web.yaml new/
      git init -q . && cp k8s/web.yaml now.yaml && cp old.yaml k8s/web.yaml && git add k8s
      git commit -qm old && git tag v1.4.0 && git update-ref refs/remotes/origin/main HEAD
      mv now.yaml k8s/web.yaml && mv old.yaml old/web.yaml
      """
    let (code, output) = try type(history.replacing("\n", with: "; "), in: sandbox.folder)
    #expect(code == 0, "\(output)")
    for _ in 1...2 {
      let result = try sandbox.run("run", "scenarios/")
      #expect(result.code == 0, "\(result.errors)")
    }
    try files.copyItem(
      atPath: sandbox.folder + "/reports/wavetank.sqlite",
      toPath: sandbox.folder + "/main.sqlite")
  }

  private static let files = [
    "k8s/web.yaml": Sandbox.web, "scenarios/web.yaml": Sandbox.web,
    "scenarios/pods/pod-kill.yaml": Sandbox.scenario(
      "pod-kill", seeds: 1, manifests: "../web.yaml"),
    "scenarios/rolling/crash-loop-rolled-back.yaml": Sandbox.scenario(
      "crash-loop-rolled-back", manifests: "../web.yaml"),
    "scenario.yaml": Sandbox.scenario("piped", manifests: "k8s"),
  ]

  /// Indented lines with the command in them.
  private static func commands(_ text: String) -> [String] {
    text.split(separator: "\n").filter { $0.hasPrefix("  ") && $0.contains("wavetank ") }
      .map { $0.drop { $0 == " " } }
      .filter {
        $0.hasPrefix("wavetank ") || $0.contains("| wavetank ") || $0.contains("<(wavetank ")
      }
      .map(String.init)
  }

  private static func type(_ line: String, in folder: String) throws -> (Int32, String) {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/bin/bash")
    process.arguments = ["-c", "set -o pipefail; " + line]
    process.currentDirectoryURL = URL(fileURLWithPath: folder)
    process.environment = [
      "PATH": folder + "/bin:/usr/bin:/bin", "HOME": folder, "LANG": "C.UTF-8",
    ]
    process.standardInput = FileHandle.nullDevice
    let path = URL(fileURLWithPath: folder + "/typed")
    try Data().write(to: path)
    let file = try FileHandle(forWritingTo: path)
    process.standardOutput = file
    process.standardError = file
    try process.run()
    process.waitUntilExit()
    return (process.terminationStatus, try String(contentsOf: path, encoding: .utf8))
  }

  @Test func everyExampleWorks() throws {
    let commands: [any ParsableCommand.Type] =
      [Wavetank.self] + Wavetank.configuration.subcommands
    var lines = commands.flatMap { Self.commands($0.configuration.discussion) }
    for page in ["README.md", "docs/record.md", "docs/rehearse.md"] {
      let text = try String(
        contentsOf: Executable.package.appendingPathComponent(page), encoding: .utf8)
      let found = Self.commands(text)
      #expect(!found.isEmpty, "\(page)")
      lines += found
    }
    var tried: Set<String> = []
    try Sandbox.with(Self.files) { base in
      try Self.prepare(base)
      for line in lines where tried.insert(line).inserted {
        let copy = base.folder + "-copy"
        try FileManager.default.copyItem(atPath: base.folder, toPath: copy)
        defer { try? FileManager.default.removeItem(atPath: copy) }
        let (code, output) = try Self.type(line, in: copy)
        // A rehearsal may find that something is not survived.
        let allowed: Set<Int32> = line.contains("rehearse") ? [0, 1] : [0]
        #expect(allowed.contains(code), "\(line): \(code)\n\(output.suffix(600))")
      }
    }
    #expect(tried.count >= 20)
  }

  /// `Tests/readme` compares them, exactly, with what the release build prints.
  @Test func everyOutputOfTheReadmeHasItsCommand() throws {
    let text = try String(
      contentsOf: Executable.package.appendingPathComponent("README.md"), encoding: .utf8)
    let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
    let fences = lines.indices.filter { lines[$0].hasPrefix("```") }
    #expect(!fences.isEmpty && fences.count.isMultiple(of: 2))
    for fence in stride(from: 0, to: fences.count, by: 2).map({ fences[$0] }) {
      let marker = lines[fence - 1]
      let command = try #require(marker.firstRange(of: "<!-- $ wavetank ")?.upperBound)
      let words = marker[command...].split(separator: " ").prefix { $0 != "::" && $0 != "-->" }
      #expect(try !(Wavetank.parseAsRoot(words.map(String.init)) is Wavetank), "\(marker)")
    }
    #expect(
      lines.firstIndex { $0.hasPrefix("    ") } == lines.firstIndex { $0.contains("make run") })
  }

  @Test(arguments: [("bash", "-n"), ("zsh", "-n"), ("fish", "--no-execute")])
  func shellsReadTheirCompletions(shell: String, check: String) throws {
    let paths = ["/usr/bin/", "/bin/", "/usr/local/bin/", "/opt/homebrew/bin/"]
    guard
      let path = paths.map({ $0 + shell }).first(where: FileManager.default.isExecutableFile)
    else {
      print("SKIPPED: \(shell) is not installed, so that its completions are not read by it")
      return
    }
    try Sandbox.with([:]) { sandbox in
      let script = try Executable.run(["completions", shell])
      #expect(script.code == 0 && script.output.count > 500)
      try sandbox.write(script.output, to: "script")
      let process = Process()
      process.executableURL = URL(fileURLWithPath: path)
      process.arguments = [check, sandbox.folder + "/script"]
      try process.run()
      process.waitUntilExit()
      #expect(process.terminationStatus == 0)
    }
  }
}

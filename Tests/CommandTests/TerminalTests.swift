import Foundation
import Testing

/// What is written where somebody looks, and where nobody does.
@Suite struct TerminalTests {
  private static let script = "/usr/bin/script"

  /// All that a terminal gets.
  private func onTerminal(_ environment: [String: String]) throws -> String {
    try Sandbox.with(["s.yaml": Sandbox.scenario("short"), "web.yaml": Sandbox.web]) { sandbox in
      let process = Executable.process([])
      let command = "'\(process.executableURL?.path ?? "")' run s.yaml --no-record"
      process.executableURL = URL(fileURLWithPath: Self.script)
      process.arguments = ["-qec", command, "/dev/null"]
      process.currentDirectoryURL = URL(fileURLWithPath: sandbox.folder)
      let path = URL(fileURLWithPath: sandbox.folder + "/out")
      try Data().write(to: path)
      process.standardOutput = try FileHandle(forWritingTo: path)
      var all = ProcessInfo.processInfo.environment
      for name in ["NO_COLOR", "TERM"] { all[name] = nil }
      process.environment = all.merging(environment) { $1 }
      try process.run()
      process.waitUntilExit()
      let text = try String(contentsOf: path, encoding: .utf8)
      #expect(text.contains("3 runs of 1 scenario: 3 passed"), "\(text)")
      return text
    }
  }

  @Test(.enabled(if: FileManager.default.isExecutableFile(atPath: script), "needs `script`"))
  func coloursAndBarsAreForTerminalsThatTakeThem() throws {
    let full = try onTerminal(["TERM": "xterm"])
    #expect(full.contains("\u{1B}[32m") && full.contains("█"))
    for environment in [["TERM": "dumb"], ["TERM": "xterm", "NO_COLOR": "1"]] {
      let plain = try onTerminal(environment)
      #expect(!plain.contains("\u{1B}") && !plain.contains("█"), "\(environment)")
    }
  }

  @Test func filesGetNeither() throws {
    try Sandbox.with(["s.yaml": Sandbox.scenario("short"), "web.yaml": Sandbox.web]) { sandbox in
      let result = try sandbox.run("run", "s.yaml", "--no-record")
      #expect(result.code == 0 && result.errors.isEmpty)
      #expect(!result.output.contains("\u{1B}"))
    }
  }

  @Test func aScenarioComesFromStandardInput() throws {
    try Sandbox.with(["k8s/web.yaml": Sandbox.web]) { sandbox in
      let text = Sandbox.scenario("piped", manifests: "k8s")
      let result = try sandbox.run("run", "-", "--record", "a.sqlite", input: text)
      #expect(result.code == 0, "\(result.errors)")
      #expect(result.output.contains("piped"))
      // The record holds all that a replay needs.
      try FileManager.default.removeItem(atPath: sandbox.folder + "/k8s")
      let replay = try sandbox.run("replay", "piped", "--seed", "2", "--record", "a.sqlite")
      #expect(replay.code == 0, "\(replay.errors)")
      let wrong = try sandbox.run(
        "run", "-", "--no-record", input: text.replacing("seeds:", with: "sedes:"))
      #expect(wrong.code == 2 && wrong.errors.contains("stdin.yaml:5:3: "), "\(wrong.errors)")
      let empty = try sandbox.run("run", "-", "--no-record")
      #expect(empty.code == 2 && empty.errors.contains("standard input is empty"))
    }
  }
}

import Arguments
import Foundation
import Testing

/// Runs a program of the machine with a text on its standard input.
func run(_ program: String, _ arguments: [String], input: String) throws -> (
  code: Int32, output: String
) {
  let process = Process()
  process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
  process.arguments = [program] + arguments
  let (standardInput, standardOutput) = (Pipe(), Pipe())
  process.standardInput = standardInput
  process.standardOutput = standardOutput
  process.standardError = standardOutput
  try process.run()
  try standardInput.fileHandleForWriting.write(contentsOf: Data(input.utf8))
  try standardInput.fileHandleForWriting.close()
  let data = standardOutput.fileHandleForReading.readDataToEndOfFile()
  process.waitUntilExit()
  return (process.terminationStatus, String(decoding: data, as: UTF8.self))
}

func isInstalled(_ program: String) -> Bool {
  (try? run(program, ["-c", "true"], input: ""))?.code == 0
}

@Suite struct CompletionTests {
  @Test(arguments: CompletionShell.allCases)
  func theShellReadsItsScript(shell: CompletionShell) throws {
    guard isInstalled(shell.rawValue) else {
      print("\(shell.rawValue) is not installed: its completion script is not checked")
      return
    }
    let script = Tide.completionScript(for: shell)
    let file = FileManager.default.temporaryDirectory
      .appendingPathComponent("completion-\(UUID().uuidString).\(shell.rawValue)")
    try Data(script.utf8).write(to: file)
    defer { try? FileManager.default.removeItem(at: file) }
    let result = try run(shell.rawValue, ["-n", file.path], input: "")
    #expect(result.code == 0, "\(result.output)")
    #expect(result.output.isEmpty)
  }

  /// What bash offers for the last of the words.
  func offered(_ words: String...) throws -> Set<String> {
    let script = """
      \(Tide.completionScript(for: .bash))
      COMP_WORDS=(\(words.map { "'\($0)'" }.joined(separator: " ")))
      COMP_CWORD=\(words.count - 1)
      _tide
      printf '%s\\n' "${COMPREPLY[@]}"
      """
    let output = try run("bash", ["--norc", "-s"], input: script).output
    return Set(output.split(separator: "\n").map(String.init))
  }

  @Test func bashOffersCommandsOptionsAndValues() throws {
    #expect(try offered("tide", "") == ["measure", "predict", "help"])
    #expect(try offered("tide", "m") == ["measure"])
    #expect(try offered("tide", "measure", "--f") == ["--format"])
    #expect(try offered("tide", "measure", "--no") == ["--no-smooth"])
    #expect(try offered("tide", "measure", "--format", "") == ["text", "json"])
    #expect(try offered("tide", "measure", "-q", "-f", "j") == ["json"])
    #expect(try offered("tide", "measure", "--format", "=", "j") == ["json"])
    #expect(try offered("tide", "measure", "--format", "=") == ["text", "json"])
    #expect(try offered("tide", "predict", "--f").isEmpty)
    #expect(try offered("tide", "--v") == ["--version"])
  }

  @Test func fishOffersCommandsAndValues() throws {
    guard isInstalled("fish") else {
      print("fish is not installed: what it offers is not checked")
      return
    }
    func offered(_ line: String) throws -> Set<String> {
      let script = Tide.completionScript(for: .fish) + "\ncomplete -C '\(line)'\n"
      let output = try run("fish", ["--no-config"], input: script).output
      return Set(
        output.split(separator: "\n").map { String($0.prefix { $0 != "\t" }) })
    }
    #expect(try offered("tide ") == ["measure", "predict", "help"])
    #expect(try offered("tide measure --form") == ["--format"])
    #expect(try offered("tide measure --format ") == ["text", "json"])
    #expect(try offered("tide predict --form").isEmpty)
  }

  /// What zsh offers only shows on a terminal; these are the words that it turned out to need.
  @Test func zshIsToldWhereOptionsEndAndHowFilesAreNamed() {
    let lines = Tide.completionScript(for: .zsh).split(separator: "\n").map {
      $0.drop { $0 == " " }
    }
    // Once a command is named, the root's options are none of it.
    #expect(lines.contains("'(-)1: :->command' \\"))
    #expect(lines.contains("'(-)*:: :->argument'"))
    // Parentheses at the end of a pattern would be qualifiers.
    let database =
      "'(--database)--database=[Where to keep \"it\".]:database:_files -g \"*.sqlite\"' \\"
    #expect(lines.contains { $0 == database }, "\(lines)")
    #expect(lines.contains("'measure:Measures levels now: [all] of them.'"))
  }

  @Test func hiddenCommandsAreNotOffered() {
    for shell in CompletionShell.allCases {
      #expect(!Tide.completionScript(for: shell).contains("secret"), "\(shell)")
    }
  }

  @Test func theRootPrintsScripts() throws {
    let error = try #require(throws: (any Error).self) {
      try Tide.parseAsRoot(["--generate-completion-script", "zsh"])
    }
    #expect(Tide.fullMessage(for: error) == Tide.completionScript(for: .zsh))
  }
}

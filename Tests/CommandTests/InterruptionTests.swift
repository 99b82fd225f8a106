import Foundation
import SQLite
import Testing

/// Runs that are told to stop.
@Suite struct InterruptionTests {
  /// Starts far more runs than are waited for, and signals after the first is written.
  private func interrupt(
    _ sandbox: Sandbox, with signal: Int32, _ more: String...
  ) throws -> (code: Int32, errors: String, output: String) {
    let record = sandbox.folder + "/a.sqlite"
    let process = Executable.process(
      ["run", "s.yaml", "--seeds", "100000", "--record", record] + more)
    process.currentDirectoryURL = URL(fileURLWithPath: sandbox.folder)
    let paths = ["out", "err"].map { URL(fileURLWithPath: "\(sandbox.folder)/\($0)") }
    for path in paths { try Data().write(to: path) }
    process.standardOutput = try FileHandle(forWritingTo: paths[0])
    process.standardError = try FileHandle(forWritingTo: paths[1])
    try Executable.signal(signal, to: process, afterARunIn: record)
    #expect(process.terminationReason == .exit)
    return (
      process.terminationStatus, try String(contentsOf: paths[1], encoding: .utf8),
      try String(contentsOf: paths[0], encoding: .utf8)
    )
  }

  @Test(
    arguments: [(SIGINT, 130, "SIGINT"), (SIGTERM, 143, "SIGTERM")] as [(Int32, Int32, String)])
  func theRecordIsClosedAndWhatWasDoneIsSaid(signal: Int32, code: Int32, name: String) throws {
    try Sandbox.with(["s.yaml": Sandbox.scenario("short"), "web.yaml": Sandbox.web]) { sandbox in
      let result = try interrupt(sandbox, with: signal)
      #expect(result.code == code)
      #expect(result.errors.contains("interrupted by \(name): "), "\(result.errors)")
      #expect(result.errors.contains(" of 100000 runs were finished, recorded as suite 1 "))
      #expect(result.output.contains("short"))

      let database = try Database(path: sandbox.folder + "/a.sqlite", readOnly: true)
      let suites = try database.rows(
        "SELECT finished_at IS NULL, interrupted_at IS NOT NULL FROM suite"
      ) { [$0.integer(0), $0.integer(1)] }
      #expect(suites == [[1, 1]])
      #expect(try database.rows("PRAGMA integrity_check") { $0.text(0) } == ["ok"])
      let runs = try #require(
        try database.rows("SELECT COUNT(*) FROM run") { $0.integer(0) }.first)
      #expect(result.errors.contains(" \(runs) of 100000 runs"), "\(runs): \(result.errors)")

      let history = try sandbox.run("history", "--record", "a.sqlite")
      #expect(history.code == 0 && history.output.contains("Z (interrupted)"))
    }
  }

  @Test func anInterruptedSuiteIsComparedOverWhatIsThere() throws {
    try Sandbox.with(["s.yaml": Sandbox.scenario("short"), "web.yaml": Sandbox.web]) { sandbox in
      _ = try interrupt(sandbox, with: SIGINT, "--jobs", "1")
      // A baseline that has not been finished is no `latest`, but has a number.
      let run = try sandbox.run(
        "run", "s.yaml", "--seeds", "1", "--record", "a.sqlite", "--baseline", "1")
      #expect(run.code == 0, "\(run.errors)")
      #expect(run.output.contains("the baseline was not finished: only the runs that both"))
      #expect(run.output.contains("1 of 1 runs have the same digest\n"))
      let turned = try sandbox.run("compare", "2", "1", "--record", "a.sqlite")
      #expect(turned.code == 0 && turned.output.contains("the candidate was not finished: "))
      let json = try sandbox.run(
        "compare", "1", "2", "--record", "a.sqlite", "--output", "json")
      let document = try #require(
        try JSONSerialization.jsonObject(with: Data(json.output.utf8)) as? [String: Any])
      #expect((document["baseline"] as? [String: Any])?["complete"] as? Bool == false)
      #expect((document["candidate"] as? [String: Any])?["complete"] as? Bool == true)
    }
  }
}

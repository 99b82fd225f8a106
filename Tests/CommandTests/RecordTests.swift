import Foundation
import SQLite
import Testing

/// `run`, `compare` and `history` over one database.
@Suite struct RecordTests {
  private static let scenario = "scenarios/pods/pod-kill-under-load.yaml"
  private static let name = "pod-kill-under-load"

  private func run(_ record: String, seeds: Int = 1, _ more: String...) throws -> Executable.Result
  {
    try Executable.run(
      ["run", RecordTests.scenario, "--seeds", "\(seeds)", "--record", record] + more)
  }

  @Test func aSuiteThatGotWorseExitsWith3() throws {
    try Executable.inFolder { folder in
      let record = folder + "/new/a.sqlite"
      #expect(try run(record).code == 0)
      let second = try run(record, seeds: 1, "--baseline", "latest")
      #expect(second.code == 0)
      #expect(second.output.contains("baseline   suite 1 of "))
      #expect(second.output.contains("1 of 1 runs have the same digest\n"))
      try Database(path: record).execute(
        """
        UPDATE run SET verdict = 'failed', score = score - 30
        WHERE scenario IN (SELECT id FROM scenario WHERE suite = 2)
        """)
      let worse = try Executable.run(["compare", "latest~1", "--record", record])
      #expect(worse.code == 3)
      #expect(worse.output.contains("passed and does not any more: \(RecordTests.name), seed 1\n"))
      #expect(worse.output.hasSuffix("regression: 2 figures of \(RecordTests.name)\n"))
      // From another database, and the other way round.
      let better = try Executable.run(
        ["compare", record + "#2", record + "#1", "--output", "json", "--record", folder + "/no"])
      #expect(better.code == 0)
      let document = try #require(
        try JSONSerialization.jsonObject(with: Data(better.output.utf8)) as? [String: Any])
      #expect(document["regression"] as? Bool == false)
      #expect((document["mended"] as? [Any])?.count == 1)
    }
  }

  @Test func aBaselineOfAnotherVersionIsRunAgain() throws {
    try Executable.inFolder { folder in
      let record = folder + "/a.sqlite"
      #expect(try run(record).code == 0)
      #expect(try run(record).code == 0)
      try Database(path: record).execute(
        """
        UPDATE suite SET version = '0.0.1' WHERE id = 1;
        UPDATE run SET score = 0, digest = 'old', failed = requests
        WHERE scenario IN (SELECT id FROM scenario WHERE suite = 1)
        """)
      let result = try Executable.run(["compare", "1", "--record", record])
      #expect(result.code == 0)
      #expect(result.errors.contains("suite 1 was made by version 0.0.1"))
      #expect(result.output.contains("no figure differs"))
      #expect(result.output.contains("1 of 1 runs have the same digest\n"))
    }
  }

  @Test func wrongWordsExitWith2() throws {
    try Executable.inFolder { folder in
      let record = folder + "/a.sqlite"
      let missing = try Executable.run(["compare", "latest", "--record", record])
      #expect(missing.code == 2 && missing.errors.contains("there is no database `\(record)`"))
      #expect(!FileManager.default.fileExists(atPath: record))
      // Known before anything is run.
      let early = try run(record, seeds: 1, "--baseline", "latest")
      #expect(early.code == 2 && !FileManager.default.fileExists(atPath: record))

      #expect(try run(record).code == 0)
      let number = try Executable.run(["compare", "7", "--record", record])
      #expect(number.code == 2 && number.errors.contains("there is no suite 7; the only one is 1"))
      let word = try Executable.run(["compare", "lastest", "--record", record])
      #expect(word.code == 2 && word.errors.contains("`lastest` is no suite"))
      let name = try Executable.run(["history", "pod-kil-under-load", "--record", record])
      #expect(name.code == 2 && name.errors.contains("did you mean `pod-kill-under-load`?"))

      let text = folder + "/text.sqlite"
      try String(repeating: "text ", count: 500).write(
        toFile: text, atomically: true, encoding: .utf8)
      let damaged = try Executable.run(["history", "--record", text])
      #expect(damaged.code == 2 && damaged.errors.contains("is damaged, or no database"))
      // Known before anything is run.
      let unwritten = try run(text, seeds: 10_000)
      #expect(unwritten.code == 2 && unwritten.errors.contains("is damaged, or no database"))
      let below = try run(text + "/a.sqlite", seeds: 10_000)
      #expect(below.code == 2 && below.errors.contains("cannot be written"))
      let replay = try Executable.run(["replay", "99", "--record", record])
      #expect(replay.code == 2 && replay.errors.contains("there is no run 99; the only one is 1"))
    }
  }

  @Test func processesThatWriteAtOnceWaitForEachOther() throws {
    try Executable.inFolder { folder in
      let record = folder + "/a.sqlite"
      let processes = (1...3).map { _ in
        Executable.process(["run", RecordTests.scenario, "--seeds", "2", "--record", record])
      }
      for process in processes { try process.run() }
      for process in processes { process.waitUntilExit() }
      #expect(processes.map(\.terminationStatus) == [0, 0, 0])
      let database = try Database(path: record, readOnly: true)
      let counts = try database.rows(
        """
        SELECT COUNT(*), COUNT(DISTINCT digest) FROM run JOIN scenario ON scenario.id = scenario
        GROUP BY suite
        """
      ) { [$0.integer(0), $0.integer(1)] }
      #expect(counts == [[2, 2], [2, 2], [2, 2]])
    }
  }

  @Test func aKilledRunLeavesAReadableDatabase() throws {
    try Executable.inFolder { folder in
      let record = folder + "/a.sqlite"
      let process = Executable.process(
        ["run", RecordTests.scenario, "--seeds", "10000", "--record", record])
      try Executable.signal(SIGKILL, to: process, afterARunIn: record)
      #expect(process.terminationReason == .uncaughtSignal)

      let history = try Executable.run(["history", "--record", record])
      #expect(history.code == 0 && history.output.contains("(killed or running)"))
      let runs = try Executable.run(["history", RecordTests.name, "--record", record])
      #expect(runs.code == 0 && runs.output.contains("passed"))
      // What was finished can be compared by its number; it is not `latest`.
      let alone = try Executable.run(["compare", "1", "1", "--record", record])
      #expect(alone.code == 0 && alone.output.contains("INCOMPLETE: "))
      let latest = try Executable.run(["compare", "latest", "--record", record])
      #expect(latest.code == 2 && latest.errors.contains("no finished suite"))
    }
  }
}

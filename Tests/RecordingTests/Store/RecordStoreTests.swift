import Foundation
import Recording
import SQLite
import Testing

@Suite struct RecordStoreTests {
  @Test func whatIsWrittenIsReadAgain() throws {
    try Records.inFolder { folder in
      let suite = Records.suite()
      let store = try RecordStore(path: folder + "/new/wavetank.sqlite")
      let id = try Records.write(suite, to: store)
      #expect(try store.suite(id) == suite)
      // Another connection sees it too.
      let reader = try RecordStore(reading: folder + "/new/wavetank.sqlite")
      #expect(try reader.suite(id) == suite)
      #expect(try reader.inputs(of: id) == suite.scenarios)
    }
  }

  @Test func runsAreReadBySeedHoweverTheyFinished() throws {
    try Records.inFolder { folder in
      let suite = Records.suite()
      let store = try RecordStore(path: folder + "/a.sqlite")
      let id = try store.begin(suite)
      for run in suite.runs.reversed() { try store.add(run, to: id) }
      #expect(try store.suite(id) == suite)
    }
  }

  @Test func figuresAreReadWithoutStoryAndSeries() throws {
    try Records.inFolder { folder in
      let store = try RecordStore(path: folder + "/a.sqlite")
      let id = try Records.write(Records.suite(), to: store)
      let full = try store.suite(id).runs[1]
      let run = try store.suite(id, detail: .figures).runs[1]
      #expect(run.seed == .max && run.score == 87 && run.settled == full.settled)
      #expect(run.failed == full.failed && run.requests == full.requests)
      #expect(run.timeline.isEmpty && run.series.isEmpty && run.findings.isEmpty)
    }
  }

  @Test func runsAreFoundByTheirNumbers() throws {
    try Records.inFolder { folder in
      let suite = Records.suite()
      let store = try RecordStore(path: folder + "/a.sqlite")
      _ = try Records.write(suite, to: store)
      let summary = try #require(try store.runs(of: "a-second", limit: 1).first)
      #expect(summary.seed == 2 && summary.verdict == "passed" && summary.suite == 1)
      #expect(try store.run(summary.id) == suite.runs[3])
      #expect(try store.scenario(ofRun: summary.id) == suite.scenarios[1])
    }
  }

  @Test func contentIsStoredOnce() throws {
    try Records.inFolder { folder in
      let store = try RecordStore(path: folder + "/a.sqlite")
      _ = try Records.write(Records.suite(), to: store)
      _ = try Records.write(Records.suite(), to: store)
      let database = try Database(path: folder + "/a.sqlite", readOnly: true)
      // Two scenario files, one manifest and the empty file.
      #expect(try database.rows("SELECT COUNT(*) FROM input") { $0.integer(0) } == [4])
      let named = try database.rows("SELECT COUNT(*) FROM scenario_input") { $0.integer(0) }
      #expect(named == [12])
    }
  }

  @Test func suitesAreSummedUp() throws {
    try Records.inFolder { folder in
      let store = try RecordStore(path: folder + "/a.sqlite")
      var suite = Records.suite()
      suite.runs[0].verdict = .failed
      suite.runs[1].verdict = .inconclusive
      suite.runs[2].score = 47
      let first = try Records.write(suite, to: store)
      suite.runs = []
      let second = try Records.write(suite, to: store, ended: false)
      let summaries = try store.suites(limit: 10)
      #expect(summaries.map(\.id) == [second, first])
      #expect(summaries[1].scenarios == 2 && summaries[1].runs == 4 && summaries[1].passed == 2)
      #expect(summaries[1].meanScore == 77)
      #expect(summaries[0].runs == 0 && summaries[0].meanScore == nil)
      #expect(summaries[0].finishedAt == nil && summaries[0].commandLine == suite.commandLine)
      #expect(try store.suites(limit: 1).count == 1)
      #expect(try store.scenarioNames() == ["a-second", "b-first"])
    }
  }

  @Test func latestIsTheLatestThatEnded() throws {
    try Records.inFolder { folder in
      let store = try RecordStore(path: folder + "/a.sqlite")
      #expect(try store.latestSuite() == nil)
      let first = try Records.write(Records.suite(), to: store)
      let second = try Records.write(Records.suite(), to: store)
      _ = try Records.write(Records.suite(), to: store, ended: false)
      #expect(try store.latestSuite() == second)
      #expect(try store.latestSuite(back: 1) == first)
      #expect(try store.latestSuite(back: 2) == nil)
    }
  }

  @Test func whatIsNotThereIsNamed() throws {
    try Records.inFolder { folder in
      let path = folder + "/a.sqlite"
      #expect(throws: RecordingError.noDatabase(path)) { try RecordStore(reading: path) }
      #expect(!FileManager.default.fileExists(atPath: path))
      let store = try RecordStore(path: path)
      let id = try Records.write(Records.suite(), to: store)
      #expect(throws: RecordingError.noSuite(9)) { try store.suite(9) }
      #expect(throws: RecordingError.noSuite(9)) { try store.inputs(of: 9) }
      #expect(throws: RecordingError.noRun(9)) { try store.run(9) }
      #expect(throws: RecordingError.noRun(9)) { try store.scenario(ofRun: 9) }
      #expect(throws: RecordingError.noScenario("c", suite: id)) {
        try store.add(Records.run("c", seed: 1), to: id)
      }
    }
  }

  @Test func whereNothingCanBeMadeIsSaid() throws {
    try Records.inFolder { folder in
      _ = try RecordStore(path: folder + "/a.sqlite")
      // Below a file, and a folder in place of the file.
      for path in [folder + "/a.sqlite/b.sqlite", folder] {
        let error = #expect(throws: RecordingError.self) { try RecordStore(path: path) }
        guard case .cannotWrite(path, _) = error else {
          Issue.record("\(String(describing: error))")
          return
        }
      }
    }
  }

  @Test func aRunIsWrittenWholeOrNotAtAll() throws {
    try Records.inFolder { folder in
      let store = try RecordStore(path: folder + "/a.sqlite")
      let suite = Records.suite()
      let id = try Records.write(suite, to: store)
      let again = #expect(throws: SQLiteError.self) { try store.add(suite.runs[0], to: id) }
      #expect(again?.extendedCode == 2067)
      #expect(try store.suite(id) == suite)
      // The connection is usable: no transaction was left open.
      try store.finish(id, at: "2026-01-05T10:02:00Z")
    }
  }

  @Test func damageIsReportedByTheRunItIsIn() throws {
    try Records.inFolder { folder in
      let store = try RecordStore(path: folder + "/a.sqlite")
      let id = try Records.write(Records.suite(), to: store)
      let database = try Database(path: folder + "/a.sqlite")
      try database.execute("UPDATE run SET story = x'00112233' WHERE id = 2")
      #expect(throws: RecordingError.damaged("run 2")) { try store.suite(id) }
      #expect(try store.suite(id, detail: .figures).runs.count == 4)
      try database.execute("UPDATE run SET verdict = 'odd' WHERE id = 2")
      #expect(throws: RecordingError.damaged("run 2")) { try store.suite(id, detail: .figures) }
      try database.execute("UPDATE input SET content = x'00112233'")
      #expect(throws: RecordingError.damaged("the file b-first.yaml")) { try store.inputs(of: id) }
    }
  }
}

import Dispatch
import Foundation
import Recording
import SQLite
import Synchronization
import Testing

/// Processes that are killed, and processes that write at once.
@Suite struct DurabilityTests {
  /// The files as a process leaves them that is killed in the middle of writing a run.
  @Test func aKilledProcessLeavesWhatWasFinished() throws {
    try Records.inFolder { folder in
      let suite = Records.suite()
      let store = try RecordStore(path: folder + "/a.sqlite")
      let id = try store.begin(suite)
      try store.add(suite.runs[0], to: id)
      let writer = try Database(path: folder + "/a.sqlite")
      // So little memory that pages of the open transaction are written to the log.
      try writer.execute("PRAGMA cache_size = 2; PRAGMA cache_spill = 2")
      try writer.execute("BEGIN IMMEDIATE")
      for seed in 1...300 {
        try writer.run(
          """
          INSERT INTO run (scenario, seed, verdict, score, digest, change_at_ns, quiet_from_ns,
            end_ns, events, requests, failed, slow, below_minimum_ns, pod_seconds, story)
          VALUES (2, ?, 'passed', 1, 'd', 0, 0, 0, 0, 0, 0, 0, 0, 0, zeroblob(9000))
          """, .integer(Int64(seed)))
      }
      try FileManager.default.createDirectory(
        atPath: folder + "/killed", withIntermediateDirectories: true)
      for file in ["a.sqlite", "a.sqlite-wal"] {
        try FileManager.default.copyItem(
          atPath: folder + "/" + file, toPath: folder + "/killed/" + file)
      }
      let log = try FileManager.default.attributesOfItem(atPath: folder + "/killed/a.sqlite-wal")
      #expect((log[.size] as? Int ?? 0) > 1_000_000)

      let left = try RecordStore(reading: folder + "/killed/a.sqlite")
      let record = try left.suite(id)
      #expect(record.runs == [suite.runs[0]])
      #expect(record.scenarios == suite.scenarios)
      #expect(try left.suites(limit: 1)[0].finishedAt == nil)
      #expect(try left.latestSuite() == nil)
      let checker = try Database(path: folder + "/killed/a.sqlite")
      #expect(try checker.rows("PRAGMA integrity_check") { $0.text(0) } == ["ok"])
      // It goes on where the other was killed.
      let next = try RecordStore(path: folder + "/killed/a.sqlite")
      let second = try Records.write(suite, to: next)
      #expect(try next.suite(second) == suite)
    }
  }

  @Test func writersWaitForEachOther() throws {
    try Records.inFolder { folder in
      let failures = Mutex<[String]>([])
      let ids = Mutex<[Int64]>([])
      // All find no file, and make it.
      DispatchQueue.concurrentPerform(iterations: 4) { _ in
        do {
          let store = try RecordStore(path: folder + "/a.sqlite")
          for _ in 0..<5 {
            let id = try Records.write(Records.suite(), to: store)
            ids.withLock { $0.append(id) }
          }
        } catch {
          failures.withLock { $0.append("\(error)") }
        }
      }
      #expect(failures.withLock { $0 } == [])
      let store = try RecordStore(reading: folder + "/a.sqlite")
      #expect(Set(ids.withLock { $0 }) == Set(1...20))
      for id in ids.withLock({ $0 }) { #expect(try store.suite(id) == Records.suite()) }
    }
  }

  @Test func readersDoNotWaitForWriters() throws {
    try Records.inFolder { folder in
      let store = try RecordStore(path: folder + "/a.sqlite")
      let id = try Records.write(Records.suite(), to: store)
      let writer = try Database(path: folder + "/a.sqlite")
      try writer.execute("BEGIN IMMEDIATE; DELETE FROM run")
      let reader = try RecordStore(reading: folder + "/a.sqlite")
      #expect(try reader.suite(id) == Records.suite())
    }
  }
}

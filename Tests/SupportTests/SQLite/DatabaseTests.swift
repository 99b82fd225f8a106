import Foundation
import SQLite
import Testing

@Suite struct DatabaseTests {
  struct Refused: Error {}

  func count(_ database: Database) throws -> Int64 {
    try database.rows("SELECT count(*) FROM t") { $0.integer(0) }[0]
  }

  @Test func aTransactionIsWrittenWhole() throws {
    try withScratchFile { path in
      let database = try Database(path: path)
      try database.execute("CREATE TABLE t (a INTEGER)")
      let answer = try database.transaction {
        try database.run("INSERT INTO t VALUES (1)")
        return 42
      }
      #expect(answer == 42)
      #expect(throws: Refused.self) {
        try database.transaction {
          try database.run("INSERT INTO t VALUES (2)")
          throw Refused()
        }
      }
      #expect(try count(database) == 1)
      #expect(try count(Database(path: path, readOnly: true)) == 1)
    }
  }

  /// A name that a URI would understand otherwise; nothing is made beside the file.
  @Test func anImmutableFileIsReadWithoutLocks() throws {
    try withScratchFile { scratch in
      let path = scratch + " 100 %?mode=x#ü"
      defer { try? FileManager.default.removeItem(atPath: path) }
      do {
        let writer = try Database(path: path)
        try writer.execute("CREATE TABLE t (a INTEGER); INSERT INTO t VALUES (1)")
      }
      let reader = try Database(immutable: path)
      #expect(try count(reader) == 1)
      #expect(!FileManager.default.fileExists(atPath: path + "-shm"))
      let error = #expect(throws: SQLiteError.self) { try reader.execute("DELETE FROM t") }
      #expect(error?.isInaccessible == true)
    }
  }

  @Test func aReaderSeesTheStateItBeganWith() throws {
    try withScratchFile { path in
      let writer = try Database(path: path)
      try writer.execute("CREATE TABLE t (a INTEGER); INSERT INTO t VALUES (1)")
      let reader = try Database(path: path, readOnly: true)
      try reader.execute("BEGIN")
      #expect(try count(reader) == 1)
      try writer.run("INSERT INTO t VALUES (2)")
      #expect(try count(reader) == 1)
      try reader.execute("COMMIT")
      #expect(try count(reader) == 2)
    }
  }

  @Test func aSecondWriterIsBusy() throws {
    try withScratchFile { path in
      let first = try Database(path: path)
      let second = try Database(path: path)
      try second.execute("PRAGMA busy_timeout = 0")
      try first.transaction {
        let error = try #require(throws: SQLiteError.self) { try second.transaction {} }
        #expect(error.isBusy)
      }
      try second.transaction {}
    }
  }

  @Test func aKilledWriterLeavesWhatItHadCommitted() async throws {
    let folder = FileManager.default.temporaryDirectory
      .appendingPathComponent("sqlite-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let path = folder.appendingPathComponent("test.sqlite").path
    await #expect(processExitsWith: .signal(SIGKILL)) { [path = path as String] in
      let database = try Database(path: path)
      // A cache of one page makes it write into the log before it commits.
      try database.execute("PRAGMA cache_size = 1; CREATE TABLE t (a INTEGER, b BLOB)")
      let blob = [UInt8](repeating: 7, count: 3000)
      try database.transaction {
        for row in 1...10 {
          try database.run("INSERT INTO t VALUES (?, ?)", .integer(row), .blob(blob))
        }
      }
      try database.transaction {
        for row in 11...500 {
          try database.run("INSERT INTO t VALUES (?, ?)", .integer(row), .blob(blob))
        }
        kill(getpid(), SIGKILL)
      }
    }
    let log = try FileManager.default.attributesOfItem(atPath: path + "-wal")[.size] as? Int
    #expect(try #require(log) > 400 * 3000, "the killed writer had not begun to write")
    let database = try Database(path: path)
    #expect(try count(database) == 10)
    #expect(try database.rows("PRAGMA integrity_check") { $0.text(0) } == ["ok"])
    try database.run("INSERT INTO t VALUES (11, NULL)")
    #expect(try count(database) == 11)
  }

  @Test func filesThatCannotBeOpenedAreRefused() throws {
    try withScratchFile { path in
      let absent = try #require(throws: SQLiteError.self) {
        try Database(path: path, readOnly: true)
      }
      #expect(absent.code == 14)
      #expect(absent.message.contains(path))
      #expect(!FileManager.default.fileExists(atPath: path))
      try Data(repeating: 65, count: 4096).write(to: URL(fileURLWithPath: path))
      let other = try #require(throws: SQLiteError.self) { try Database(path: path) }
      #expect(other.isCorrupt)
    }
  }

  @Test func aReadOnlyDatabaseIsNotWritten() throws {
    try withScratchFile { path in
      try Database(path: path).execute("CREATE TABLE t (a INTEGER)")
      let reader = try Database(path: path, readOnly: true)
      let error = try #require(throws: SQLiteError.self) {
        try reader.run("INSERT INTO t VALUES (1)")
      }
      #expect(error.code == 8)
    }
  }
}

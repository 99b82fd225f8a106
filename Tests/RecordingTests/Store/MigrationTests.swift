import Compression
import Foundation
import SQLite
import Testing

@testable import Recording

@Suite struct MigrationTests {
  @Test func anOlderDatabaseIsBroughtUpToDate() throws {
    try Records.inFolder { folder in
      let path = try MigrationTests.older(folder)
      let store = try RecordStore(path: path)
      let old = try store.suite(1)
      #expect(old.version == "0.0.9" && old.runs.map(\.seed) == [7])
      #expect(old.runs[0].pending == ["it waits"])
      let id = try Records.write(Records.suite(), to: store)
      #expect(try store.suite(id) == Records.suite())
      #expect(try MigrationTests.applied(path) == Schema.migrations.map(\.name))
    }
  }

  @Test func readingBringsItUpToDateToo() throws {
    try Records.inFolder { folder in
      let path = try MigrationTests.older(folder)
      #expect(try RecordStore(reading: path).suite(1).runs.count == 1)
      #expect(try MigrationTests.applied(path) == Schema.migrations.map(\.name))
    }
  }

  @Test func aNewerDatabaseIsRefused() throws {
    try Records.inFolder { folder in
      let path = folder + "/a.sqlite"
      _ = try Records.write(Records.suite(), to: RecordStore(path: path))
      let database = try Database(path: path)
      try database.execute("INSERT INTO migration (name) VALUES ('900-later')")
      let expected = RecordingError.newerVersion(path, migrations: ["900-later"])
      #expect(throws: expected) { try RecordStore(path: path) }
      #expect(throws: expected) { try RecordStore(reading: path) }
    }
  }

  @Test func somethingElseIsNeitherReadNorChanged() throws {
    try Records.inFolder { folder in
      try FileManager.default.createDirectory(
        atPath: folder, withIntermediateDirectories: true)
      let path = folder + "/other.sqlite"
      let other = try Database(path: path)
      try other.execute("CREATE TABLE suite (x)")
      #expect(throws: RecordingError.foreignDatabase(path)) { try RecordStore(reading: path) }
      let tables = try other.rows("SELECT name FROM sqlite_schema") { $0.text(0) }
      #expect(tables == ["suite"])
      let text = folder + "/text.sqlite"
      try Data(String(repeating: "no database", count: 100).utf8).write(
        to: URL(fileURLWithPath: text))
      let error = #expect(throws: SQLiteError.self) { try RecordStore(reading: text) }
      #expect(error?.isCorrupt == true)
    }
  }

  @Test func namesAscendAndAreUnique() {
    let names = Schema.migrations.map(\.name)
    #expect(names == names.sorted() && Set(names).count == names.count)
  }

  /// A database as the first schema had it, with one run.
  private static func older(_ folder: String) throws -> String {
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    let path = folder + "/a.sqlite"
    let database = try Database(path: path)
    try database.migrate([.initialSchema])
    try database.execute(
      """
      INSERT INTO suite VALUES (1, '2025-12-01T00:00:00Z', NULL, '0.0.9', '["wavetank"]');
      INSERT INTO scenario VALUES (1, 1, 'old', '', '');
      """)
    let story = Story(timeline: [], pods: [], nodes: [], pending: ["it waits"])
    try database.run(
      """
      INSERT INTO run (scenario, seed, verdict, score, digest, change_at_ns, quiet_from_ns, end_ns,
        events, requests, failed, slow, below_minimum_ns, pod_seconds, story)
      VALUES (1, 7, 'failed', 50, 'd', 0, 0, 0, 0, 0, 0, 0, 0, 0, ?)
      """, .blob(try deflate([UInt8](RecordJSON.encode(story)))))
    return path
  }

  private static func applied(_ path: String) throws -> [String] {
    try Database(path: path, readOnly: true).rows("SELECT name FROM migration ORDER BY name") {
      $0.text(0)
    }
  }
}

import ClusterAPI
import Compression
import Foundation
import SQLite

/// The database of all runs.
///
/// A run is written when it has finished, in one transaction: a process that is killed leaves what
/// was finished, under a suite without an end. Several processes may write at once; each waits for
/// the others, up to ten seconds. Used by one thread at a time.
public final class RecordStore {
  let database: Database

  /// Opens the database, makes it and its folder where they do not exist, and brings an older one up
  /// to date.
  ///
  /// - Throws: `RecordingError.cannotWrite` where file or folder cannot be made or written to,
  ///   `.newerVersion`; `SQLiteError`.
  public init(path: String) throws {
    // Foundation's own function fails on names of one character.
    let folder = path.lastIndex(of: "/").map { String(path[..<$0]) } ?? ""
    do {
      if !folder.isEmpty {
        try FileManager.default.createDirectory(
          atPath: folder, withIntermediateDirectories: true)
      }
    } catch {
      throw RecordingError.cannotWrite(path, reason: error.localizedDescription)
    }
    do {
      database = try Database(path: path)
      try RecordStore.migrate(database, path)
    } catch let error as SQLiteError where error.isInaccessible {
      throw RecordingError.cannotWrite(path, reason: error.message)
    }
  }

  /// Opens an existing database for questions, and writes to it only to bring an older one up to
  /// date.
  ///
  /// - Throws: `RecordingError.noDatabase` where there is no such file, `.foreignDatabase` where it
  ///   holds something else, `.newerVersion`; `SQLiteError`.
  public init(reading path: String) throws {
    guard FileManager.default.fileExists(atPath: path) else {
      throw RecordingError.noDatabase(path)
    }
    let tables = "SELECT name FROM sqlite_schema WHERE name IN ('migration', 'suite')"
    var reader = try Database(path: path, readOnly: true)
    var found: [String]
    do {
      found = try reader.rows(tables) { $0.text(0) }
    } catch let error as SQLiteError where error.isInaccessible {
      let log = try? FileManager.default.attributesOfItem(atPath: path + "-wal")
      if (log?[.size] as? Int ?? 0) > 0 { throw error }
      // Readers share an index of the log, which cannot be made in a folder that is read-only.
      reader = try Database(immutable: path)
      found = try reader.rows(tables) { $0.text(0) }
    }
    guard found.count == 2 else { throw RecordingError.foreignDatabase(path) }
    let applied = try reader.rows("SELECT name FROM migration") { $0.text(0) }
    if Schema.migrations.allSatisfy({ applied.contains($0.name) }) {
      database = reader
    } else {
      database = try Database(path: path)
    }
    let unknown = applied.filter { name in !Schema.migrations.contains { $0.name == name } }
    if !unknown.isEmpty { throw RecordingError.newerVersion(path, migrations: unknown) }
    if database !== reader { try RecordStore.migrate(database, path) }
  }

  private static func migrate(_ database: Database, _ path: String) throws {
    do {
      try database.migrate(Schema.migrations)
    } catch let unknown as UnknownMigrations {
      throw RecordingError.newerVersion(path, migrations: unknown.names)
    }
  }

  /// Writes that a command has begun, with its scenarios and all their inputs.
  ///
  /// - Returns: the suite's id.
  public func begin(_ suite: SuiteRecord) throws -> Int64 {
    try database.transaction {
      let line = try RecordJSON.text(suite.commandLine)
      try database.run(
        "INSERT INTO suite (started_at, version, command_line) VALUES (?, ?, ?)",
        .text(suite.startedAt), .text(suite.version), .text(line))
      let id = database.lastRowID
      for scenario in suite.scenarios { try add(scenario, to: id) }
      return id
    }
  }

  private func add(_ scenario: ScenarioRecord, to suite: Int64) throws {
    try database.run(
      "INSERT INTO scenario (suite, name, description, reference) VALUES (?, ?, ?, ?)",
      .integer(suite), .text(scenario.name), .text(scenario.description),
      .text(scenario.reference))
    let id = database.lastRowID
    for (position, file) in scenario.files.enumerated() {
      try database.run(
        "INSERT INTO scenario_input (scenario, position, name, hash) VALUES (?, ?, ?, ?)",
        .integer(id), .integer(Int64(position)), .text(file.name), .text(try add(file)))
    }
  }

  /// Writes a content that is not there yet.
  ///
  /// - Returns: its hash.
  private func add(_ file: InputFile) throws -> String {
    let hash = SHA256.hex(file.bytes)
    let known = try database.rows("SELECT 1 FROM input WHERE hash = ?", .text(hash)) { _ in true }
    if known.isEmpty {
      try database.run(
        "INSERT INTO input (hash, size, content) VALUES (?, ?, ?)", .text(hash),
        .integer(Int64(file.bytes.count)), .blob(deflate(file.bytes)))
    }
    return hash
  }

  /// Writes that the command has come to its end.
  public func finish(_ suite: Int64, at: String) throws {
    try database.run("UPDATE suite SET finished_at = ? WHERE id = ?", .text(at), .integer(suite))
  }

  /// Writes that the command was told to stop: its runs so far are kept, it has no end.
  public func interrupt(_ suite: Int64, at: String) throws {
    try database.run("UPDATE suite SET interrupted_at = ? WHERE id = ?", .text(at), .integer(suite))
  }
}

import ClusterAPI
import Compression
import Foundation
import SQLite

/// The database of all runs.
///
/// A run is written when it has finished, in one transaction: a process that is killed leaves what
/// was finished, under a suite without an end.
public final class RecordStore {
  let database: Database

  /// Opens the database, makes it and its folder where they do not exist, and brings an older one up
  /// to date.
  ///
  /// - Throws: `SQLiteError`; `UnknownMigrations` for a file of a newer version; Foundation's error
  ///   where the folder cannot be made.
  public init(path: String) throws {
    let folder = (path as NSString).deletingLastPathComponent
    if !folder.isEmpty {
      try FileManager.default.createDirectory(
        atPath: folder, withIntermediateDirectories: true)
    }
    database = try Database(path: path)
    try database.migrate(Schema.migrations)
  }

  /// Writes that a command has begun, with its scenarios and all their inputs.
  ///
  /// - Returns: the suite's id.
  public func begin(_ suite: SuiteRecord) throws -> Int64 {
    try database.transaction {
      let line = String(decoding: try JSONEncoder().encode(suite.commandLine), as: UTF8.self)
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
      let hash = SHA256.hex(file.bytes)
      try database.run(
        "INSERT OR IGNORE INTO input (hash, size, content) VALUES (?, ?, ?)", .text(hash),
        .integer(Int64(file.bytes.count)), .blob(deflate(file.bytes)))
      try database.run(
        "INSERT INTO scenario_input (scenario, position, name, hash) VALUES (?, ?, ?, ?)",
        .integer(id), .integer(Int64(position)), .text(file.name), .text(hash))
    }
  }

  /// Writes that the command has come to its end.
  public func finish(_ suite: Int64, at: String) throws {
    try database.run("UPDATE suite SET finished_at = ? WHERE id = ?", .text(at), .integer(suite))
  }
}

/// What of a run is read as a whole only.
struct Story: Codable {
  var timeline: [TimelineEntry]
  var pods: [String]
  var nodes: [String]
  var pending: [String]
}

/// A named step of a database's schema.
public struct Migration: Sendable {
  public var name: String
  public var sql: String

  public init(_ name: String, _ sql: String) {
    self.name = name
    self.sql = sql
  }
}

/// The file was written by a newer version.
public struct UnknownMigrations: Error, Hashable, Sendable, CustomStringConvertible {
  public var names: [String]

  public var description: String {
    "the database was written by a newer version: it has \(names.joined(separator: ", "))"
  }
}

extension Database {
  /// Applies the migrations that the file does not have yet, each in a transaction of its own.
  ///
  /// - Throws: `UnknownMigrations` where the file has one that is not among these.
  public func migrate(_ migrations: [Migration]) throws {
    let table = """
      CREATE TABLE IF NOT EXISTS migration (
        name TEXT PRIMARY KEY,
        at TEXT NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%SZ', 'now'))
      ) WITHOUT ROWID
      """
    try transaction { try execute(table) }
    let applied = try rows("SELECT name FROM migration ORDER BY name") { $0.text(0) }
    let unknown = applied.filter { name in !migrations.contains { $0.name == name } }
    if !unknown.isEmpty { throw UnknownMigrations(names: unknown) }
    for migration in migrations where !applied.contains(migration.name) {
      try transaction {
        // Another process may have been faster.
        let known = try rows("SELECT 1 FROM migration WHERE name = ?", .text(migration.name)) {
          $0.integer(0)
        }
        guard known.isEmpty else { return }
        try execute(migration.sql)
        try run("INSERT INTO migration (name) VALUES (?)", .text(migration.name))
      }
    }
  }
}

import SQLite
import Testing

@Suite struct MigrationTests {
  let first = Migration("001 tables", "CREATE TABLE a (x); CREATE TABLE b (x)")
  let second = Migration("002 column", "ALTER TABLE a ADD COLUMN y")
  let broken = Migration("003 broken", "CREATE TABLE c (x); CREATE TABLE a (x)")

  func names(_ database: Database) throws -> [String] {
    try database.rows("SELECT name FROM migration ORDER BY name") { $0.text(0) }
  }

  @Test func eachIsAppliedOnce() throws {
    let database = try Database(path: ":memory:")
    try database.migrate([first])
    try database.migrate([first, second])
    try database.migrate([first, second])
    #expect(try names(database) == ["001 tables", "002 column"])
    try database.run("INSERT INTO a (x, y) VALUES (1, 2)")
    let at = try database.rows("SELECT at FROM migration") { $0.text(0) }
    #expect(at.allSatisfy { $0.count == 20 && $0.hasSuffix("Z") }, "\(at)")
  }

  @Test func oneThatFailsLeavesThoseBeforeIt() throws {
    let database = try Database(path: ":memory:")
    #expect(throws: SQLiteError.self) { try database.migrate([first, broken, second]) }
    #expect(try names(database) == ["001 tables"])
    let tables = try database.rows("SELECT name FROM sqlite_schema WHERE name = 'c'") { $0.text(0) }
    #expect(tables.isEmpty)
  }

  @Test func aNewerFileIsRefusedAndLeftAlone() throws {
    let database = try Database(path: ":memory:")
    try database.migrate([first, second])
    let error = try #require(throws: UnknownMigrations.self) {
      try database.migrate([first, broken])
    }
    #expect(error.names == ["002 column"])
    #expect(
      error.description == "the database was written by a newer version: it has 002 column")
    #expect(try names(database) == ["001 tables", "002 column"])
  }
}

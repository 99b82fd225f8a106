import SQLite
import Testing

@Suite struct StatementTests {
  @Test func valuesComeBackAsTheyWere() throws {
    let database = try Database(path: ":memory:")
    try database.execute("CREATE TABLE t (a, b, c, d, e)")
    try database.run(
      "INSERT INTO t VALUES (?, ?, ?, ?, ?)", .integer(Int64.min), .real(0.1), .text("ä\0b"),
      .blob([0, 255]), .null)
    try database.run(
      "INSERT INTO t VALUES (?, ?, ?, ?, ?)", .integer(Int64.max), .real(-0.0), .text(""),
      .blob([]), .integer(nil as Int?))
    let rows = try database.rows("SELECT * FROM t ORDER BY rowid") { row in
      #expect(!row.isNull(3))
      #expect(row.isNull(4))
      #expect(row.optionalInteger(4) == nil)
      return "\(row.integer(0)) \(row.real(1)) \(row.text(2)) \(row.blob(3))"
    }
    #expect(rows == ["\(Int64.min) 0.1 ä\0b [0, 255]", "\(Int64.max) -0.0  []"])
  }

  @Test func aStatementIsUsedManyTimes() throws {
    let database = try Database(path: ":memory:")
    try database.execute("CREATE TABLE t (a INTEGER)")
    let insert = try database.prepare("INSERT INTO t VALUES (?)")
    for value in 1...3 {
      try insert.bind([.integer(Int64(value))])
      while try insert.step() {}
    }
    #expect(database.lastRowID == 3)
    #expect(try database.rows("SELECT a FROM t") { $0.integer(0) } == [1, 2, 3])
  }

  @Test func theSameTextIsUsedWithinItself() throws {
    let database = try Database(path: ":memory:")
    try database.execute("CREATE TABLE t (a INTEGER); INSERT INTO t VALUES (1), (2)")
    let sql = "SELECT a FROM t ORDER BY a"
    let rows = try database.rows(sql) { outer in
      let inner = try database.rows(sql) { $0.integer(0) }
      return [outer.integer(0)] + inner
    }
    #expect(rows == [[1, 1, 2], [2, 1, 2]])
  }

  @Test func aStatementThatWasLeftEarlyHoldsNoLock() throws {
    struct Enough: Error {}
    let database = try Database(path: ":memory:")
    try database.execute("CREATE TABLE t (a INTEGER); INSERT INTO t VALUES (1), (2)")
    #expect(throws: Enough.self) {
      try database.rows("SELECT a FROM t") { _ in throw Enough() }
    }
    // An open reader would forbid this.
    try database.execute("DROP TABLE t")
  }

  @Test func aStatementOutlivesItsDatabase() throws {
    let statement = try Database(path: ":memory:").prepare("SELECT 7")
    #expect(try statement.step())
    #expect(statement.integer(0) == 7)
  }

  @Test func whatIsWrongWithAStatementIsNamed() throws {
    let database = try Database(path: ":memory:")
    let syntax = try #require(throws: SQLiteError.self) { try database.prepare("SELEKT 1") }
    #expect(syntax.code == 1)
    #expect(syntax.sql == "SELEKT 1")
    #expect(syntax.message == "near \"SELEKT\": syntax error")
    let count = try #require(throws: SQLiteError.self) { try database.run("SELECT ?") }
    #expect(count.code == 25)
    #expect(count.message == "0 values for 1 parameters")
  }

  @Test(arguments: [
    ("INSERT INTO t VALUES (1, 5, 1)", 2067),  // SQLITE_CONSTRAINT_UNIQUE
    ("INSERT INTO t VALUES (2, NULL, 1)", 1299),  // SQLITE_CONSTRAINT_NOTNULL
    ("INSERT INTO t VALUES (2, 11, 1)", 275),  // SQLITE_CONSTRAINT_CHECK
    ("INSERT INTO t VALUES (2, 6, 9)", 787),  // SQLITE_CONSTRAINT_FOREIGNKEY
  ])
  func aViolatedConstraintGivesItsExtendedCode(sql: String, code: Int32) throws {
    let database = try Database(path: ":memory:")
    try database.execute(
      """
      CREATE TABLE parent (id INTEGER PRIMARY KEY);
      CREATE TABLE t (
        id INTEGER, v INTEGER NOT NULL UNIQUE CHECK (v < 10), parent REFERENCES parent (id));
      INSERT INTO parent VALUES (1);
      INSERT INTO t VALUES (1, 5, 1);
      """)
    let error = try #require(throws: SQLiteError.self) { try database.run(sql) }
    #expect(error.code == 19)
    #expect(error.extendedCode == code)
    #expect(error.sql == sql)
    #expect(try database.rows("SELECT count(*) FROM t") { $0.integer(0) } == [1])
  }
}

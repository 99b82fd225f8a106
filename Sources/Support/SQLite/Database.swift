import CSQLite

/// A connection to a database file. Used by one thread at a time.
public final class Database {
  let handle: OpaquePointer
  /// Statements of ``run(_:_:)`` and ``rows(_:_:as:)`` that nobody uses at the moment.
  private var idle: [String: Statement] = [:]

  /// Opens a file, and makes it where it does not exist.
  ///
  /// Writers use a write-ahead log, so that readers see the last complete transaction and a process
  /// that is killed leaves a readable file. A locked database is waited for, up to 10 s.
  ///
  /// - Parameters:
  ///   - path: a file; `:memory:` for a database that lives as long as the connection.
  ///   - readOnly: fails where the file does not exist.
  public convenience init(path: String, readOnly: Bool = false) throws {
    try self.init(
      path, named: path,
      readOnly ? SQLITE_OPEN_READONLY : SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE)
  }

  /// Opens a file that nobody writes to, such as one in a folder that cannot be written to: without
  /// locks, and without its write-ahead log.
  public convenience init(immutable path: String) throws {
    // What a URI gives a meaning to, as bytes (https://www.sqlite.org/uri.html).
    var encoded = ""
    for byte in path.utf8 {
      if "%?#".utf8.contains(byte) || byte <= 0x20 || byte >= 0x7F {
        encoded += "%" + (byte < 16 ? "0" : "") + String(byte, radix: 16)
      } else {
        encoded.unicodeScalars.append(Unicode.Scalar(byte))
      }
    }
    try self.init(
      "file:" + encoded + "?immutable=1", named: path, SQLITE_OPEN_READONLY | SQLITE_OPEN_URI)
  }

  private init(_ file: String, named path: String, _ flags: Int32) throws {
    var opened: OpaquePointer?
    let code = sqlite3_open_v2(file, &opened, flags | SQLITE_OPEN_NOMUTEX, nil)
    guard code == SQLITE_OK, let opened else {
      let message = opened.map { String(cString: sqlite3_errmsg($0)) }
      let extended = opened.map { sqlite3_extended_errcode($0) } ?? code
      sqlite3_close_v2(opened)
      throw SQLiteError(
        code: code, extendedCode: extended, message: "\(path): \(message ?? "cannot be opened")")
    }
    handle = opened
    sqlite3_extended_result_codes(handle, 1)
    sqlite3_busy_timeout(handle, Database.patience)
    if flags & SQLITE_OPEN_READWRITE != 0 {
      try keepLog()
      try execute("PRAGMA synchronous = NORMAL")
    }
    try execute("PRAGMA foreign_keys = ON")
  }

  /// How long a connection waits for others, in milliseconds.
  private static let patience: Int32 = 10_000

  /// Writes go into a log beside the file from now on.
  ///
  /// Of several connections that make a file at once, each may hold what the other needs for this: SQLite
  /// does not wait then, but says that it is busy (https://www.sqlite.org/c3ref/busy_handler.html).
  private func keepLog() throws {
    var waited: Int32 = 0
    while true {
      do {
        return try execute("PRAGMA journal_mode = WAL")
      } catch let error as SQLiteError
        where error.isBusy && waited < Database.patience
      {
        waited += sqlite3_sleep(10)
      }
    }
  }

  /// Closes the connection, or leaves that to the last statement that is still in use.
  deinit { sqlite3_close_v2(handle) }

  /// Runs statements that give no rows.
  public func execute(_ sql: String) throws {
    guard sqlite3_exec(handle, sql, nil, nil, nil) == SQLITE_OK else {
      throw SQLiteError(of: handle, sql: sql)
    }
  }

  public func prepare(_ sql: String) throws -> Statement {
    try Statement(handle, sql)
  }

  /// Lends a statement, which is prepared once; a body may use the same text again.
  private func withStatement<Result>(
    _ sql: String, _ body: (Statement) throws -> Result
  ) throws -> Result {
    let statement = try idle.removeValue(forKey: sql) ?? prepare(sql)
    defer {
      statement.reset()
      idle[sql] = statement
    }
    return try body(statement)
  }

  /// Runs one statement with values in place of its `?`.
  public func run(_ sql: String, _ values: SQLValue...) throws {
    try withStatement(sql) { statement in
      try statement.bind(values)
      while try statement.step() {}
    }
  }

  /// All rows of one statement with values in place of its `?`.
  public func rows<Row>(
    _ sql: String, _ values: SQLValue..., as make: (Statement) throws -> Row
  ) throws -> [Row] {
    try withStatement(sql) { statement in
      try statement.bind(values)
      var rows: [Row] = []
      while try statement.step() { rows.append(try make(statement)) }
      return rows
    }
  }

  /// The rowid of the row inserted last by this connection.
  public var lastRowID: Int64 { sqlite3_last_insert_rowid(handle) }

  /// Takes the write lock, and commits what the body writes; rolls back where it throws.
  public func transaction<Result>(_ body: () throws -> Result) throws -> Result {
    try execute("BEGIN IMMEDIATE")
    do {
      let result = try body()
      try execute("COMMIT")
      return result
    } catch {
      // What went wrong first is what is reported.
      try? execute("ROLLBACK")
      throw error
    }
  }
}

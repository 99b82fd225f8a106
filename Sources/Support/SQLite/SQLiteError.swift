import CSQLite

/// What SQLite says of a call that failed.
public struct SQLiteError: Error, Hashable, Sendable, CustomStringConvertible {
  /// The primary result code, such as 5 (SQLITE_BUSY).
  public var code: Int32
  /// The extended result code, such as 2067 (SQLITE_CONSTRAINT_UNIQUE).
  public var extendedCode: Int32
  public var message: String
  /// The statement, where there was one.
  public var sql: String?

  public init(code: Int32, extendedCode: Int32, message: String, sql: String? = nil) {
    self.code = code
    self.extendedCode = extendedCode
    self.message = message
    self.sql = sql
  }

  /// The last error of a connection.
  init(of connection: OpaquePointer, sql: String?) {
    let extended = sqlite3_extended_errcode(connection)
    self.init(
      code: extended & 0xFF, extendedCode: extended,
      message: String(cString: sqlite3_errmsg(connection)), sql: sql)
  }

  public var description: String {
    let text = "SQLite \(extendedCode): \(message)"
    return sql.map { "\(text) in `\($0)`" } ?? text
  }

  public var isBusy: Bool { code == SQLITE_BUSY }
  /// The file, or its folder, cannot be opened or cannot be written to.
  public var isInaccessible: Bool {
    [SQLITE_CANTOPEN, SQLITE_READONLY, SQLITE_PERM].contains(code)
  }
  public var isCorrupt: Bool { code == SQLITE_CORRUPT || code == SQLITE_NOTADB }
}

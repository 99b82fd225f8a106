import CSQLite

/// A value of a column or of a parameter.
public enum SQLValue: Hashable, Sendable {
  case null
  case integer(Int64)
  case real(Double)
  case text(String)
  case blob([UInt8])

  public static func integer(_ value: Int?) -> SQLValue {
    value.map { .integer(Int64($0)) } ?? .null
  }
  public static func integer(_ value: Int64?) -> SQLValue { value.map { .integer($0) } ?? .null }
  public static func text(_ value: String?) -> SQLValue { value.map { .text($0) } ?? .null }
}

/// A prepared statement; SQLite keeps its connection open as long as it lives.
public final class Statement {
  private let connection: OpaquePointer
  private let handle: OpaquePointer
  private let sql: String

  init(_ connection: OpaquePointer, _ sql: String) throws {
    var prepared: OpaquePointer?
    guard sqlite3_prepare_v2(connection, sql, -1, &prepared, nil) == SQLITE_OK, let prepared
    else { throw SQLiteError(of: connection, sql: sql) }
    self.connection = connection
    self.sql = sql
    handle = prepared
  }

  deinit { sqlite3_finalize(handle) }

  /// Sets all parameters, and begins anew.
  public func bind(_ values: [SQLValue]) throws {
    sqlite3_reset(handle)
    guard values.count == Int(sqlite3_bind_parameter_count(handle)) else {
      throw SQLiteError(
        code: SQLITE_RANGE, extendedCode: SQLITE_RANGE,
        message: "\(values.count) values for \(sqlite3_bind_parameter_count(handle)) parameters",
        sql: sql)
    }
    // SQLite copies what it is given before the call returns.
    let copied = unsafeBitCast(-1, to: sqlite3_destructor_type.self)
    for (index, value) in values.enumerated() {
      let position = Int32(index + 1)
      let code =
        switch value {
        case .null: sqlite3_bind_null(handle, position)
        case .integer(let number): sqlite3_bind_int64(handle, position, number)
        case .real(let number): sqlite3_bind_double(handle, position, number)
        case .text(let text):
          sqlite3_bind_text64(
            handle, position, text, sqlite3_uint64(text.utf8.count), copied, UInt8(SQLITE_UTF8))
        case .blob(let bytes):
          // An empty array may have no address, which would bind NULL.
          bytes.isEmpty
            ? sqlite3_bind_zeroblob(handle, position, 0)
            : bytes.withUnsafeBytes {
              sqlite3_bind_blob64(
                handle, position, $0.baseAddress, sqlite3_uint64($0.count), copied)
            }
        }
      guard code == SQLITE_OK else { throw SQLiteError(of: connection, sql: sql) }
    }
  }

  /// Ends what it does, so that it holds no lock, and forgets its values.
  func reset() {
    // The error it gives is that of the last step, which has been reported.
    sqlite3_reset(handle)
    sqlite3_clear_bindings(handle)
  }

  /// Goes to the next row; false when there is none.
  public func step() throws -> Bool {
    switch sqlite3_step(handle) {
    case SQLITE_ROW: return true
    case SQLITE_DONE: return false
    default: throw SQLiteError(of: connection, sql: sql)
    }
  }

  public func isNull(_ column: Int) -> Bool {
    sqlite3_column_type(handle, Int32(column)) == SQLITE_NULL
  }

  public func integer(_ column: Int) -> Int64 { sqlite3_column_int64(handle, Int32(column)) }

  public func real(_ column: Int) -> Double { sqlite3_column_double(handle, Int32(column)) }

  public func text(_ column: Int) -> String {
    guard let start = sqlite3_column_text(handle, Int32(column)) else { return "" }
    let count = Int(sqlite3_column_bytes(handle, Int32(column)))
    return String(decoding: UnsafeBufferPointer(start: start, count: count), as: UTF8.self)
  }

  public func blob(_ column: Int) -> [UInt8] {
    let count = Int(sqlite3_column_bytes(handle, Int32(column)))
    guard count > 0, let start = sqlite3_column_blob(handle, Int32(column)) else { return [] }
    return [UInt8](UnsafeRawBufferPointer(start: start, count: count))
  }

  public func optionalInteger(_ column: Int) -> Int64? { isNull(column) ? nil : integer(column) }

  public func optionalText(_ column: Int) -> String? { isNull(column) ? nil : text(column) }
}

extension JSON {
  /// Reads one JSON text.
  ///
  /// - Throws: `EvidenceError` with the byte offset of what is wrong.
  public init(parsing text: String) throws {
    var text = text
    self = try text.withUTF8 { bytes in
      var parser = JSONParser(bytes: bytes)
      return try parser.document()
    }
  }

  /// Reads one JSON text from its UTF-8 bytes.
  public init(parsing bytes: some Sequence<UInt8>) throws {
    self = try Array(bytes).withUnsafeBufferPointer { bytes in
      var parser = JSONParser(bytes: bytes)
      return try parser.document()
    }
  }
}

/// A recursive-descent parser over bytes; builds the tree in one pass.
private struct JSONParser {
  let bytes: UnsafeBufferPointer<UInt8>
  var at = 0
  var depth = 0

  static let depthMax = 200

  init(bytes: UnsafeBufferPointer<UInt8>) { self.bytes = bytes }

  mutating func document() throws -> JSON {
    let value = try self.value()
    skipSpace()
    if at < bytes.count { throw unexpected("text after the value") }
    return value
  }

  private mutating func value() throws -> JSON {
    skipSpace()
    guard at < bytes.count else { throw unexpected("the end instead of a value") }
    switch bytes[at] {
    case UInt8(ascii: "{"): return try nested { parser throws in try parser.object() }
    case UInt8(ascii: "["): return try nested { parser throws in try parser.array() }
    case UInt8(ascii: "\""): return .string(try string())
    case UInt8(ascii: "t"): return try word("true", .bool(true))
    case UInt8(ascii: "f"): return try word("false", .bool(false))
    case UInt8(ascii: "n"): return try word("null", .null)
    default: return try number()
    }
  }

  private mutating func nested(_ body: (inout JSONParser) throws -> JSON) throws -> JSON {
    depth += 1
    if depth > JSONParser.depthMax { throw unexpected("nesting deeper than allowed") }
    let result = try body(&self)
    depth -= 1
    return result
  }

  private mutating func object() throws -> JSON {
    at += 1
    var members: [String: JSON] = [:]
    skipSpace()
    if take(UInt8(ascii: "}")) { return .object(members) }
    while true {
      skipSpace()
      guard at < bytes.count, bytes[at] == UInt8(ascii: "\"") else { throw unexpected("no key") }
      let key = try string()
      skipSpace()
      if !take(UInt8(ascii: ":")) { throw unexpected("no colon after a key") }
      members[key] = try value()
      skipSpace()
      if take(UInt8(ascii: "}")) { return .object(members) }
      if !take(UInt8(ascii: ",")) { throw unexpected("neither comma nor brace in an object") }
    }
  }

  private mutating func array() throws -> JSON {
    at += 1
    var elements: [JSON] = []
    skipSpace()
    if take(UInt8(ascii: "]")) { return .array(elements) }
    while true {
      elements.append(try value())
      skipSpace()
      if take(UInt8(ascii: "]")) { return .array(elements) }
      if !take(UInt8(ascii: ",")) { throw unexpected("neither comma nor bracket in a list") }
    }
  }

  private mutating func number() throws -> JSON {
    let start = at
    var whole = true
    while at < bytes.count {
      switch bytes[at] {
      case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "+"): break
      case UInt8(ascii: "."), UInt8(ascii: "e"), UInt8(ascii: "E"): whole = false
      default:
        return try number(start..<at, whole: whole)
      }
      at += 1
    }
    return try number(start..<at, whole: whole)
  }

  private func number(_ range: Range<Int>, whole: Bool) throws -> JSON {
    let text = String(decoding: bytes[range], as: UTF8.self)
    if whole, let value = Int64(text) { return .int(value) }
    guard let value = Double(text), value.isFinite else { throw unexpected("no value") }
    return .double(value)
  }

  private mutating func string() throws -> String {
    at += 1
    let start = at
    while at < bytes.count, bytes[at] != UInt8(ascii: "\""), bytes[at] != UInt8(ascii: "\\") {
      at += 1
    }
    if at < bytes.count, bytes[at] == UInt8(ascii: "\"") {
      defer { at += 1 }
      return String(decoding: bytes[start..<at], as: UTF8.self)
    }
    return try escapedString(from: start)
  }

  private mutating func escapedString(from start: Int) throws -> String {
    var result = Array(bytes[start..<at])
    while at < bytes.count {
      let byte = bytes[at]
      at += 1
      if byte == UInt8(ascii: "\"") { return String(decoding: result, as: UTF8.self) }
      if byte != UInt8(ascii: "\\") {
        result.append(byte)
        continue
      }
      guard at < bytes.count else { break }
      let escape = bytes[at]
      at += 1
      switch escape {
      case UInt8(ascii: "n"): result.append(10)
      case UInt8(ascii: "t"): result.append(9)
      case UInt8(ascii: "r"): result.append(13)
      case UInt8(ascii: "b"): result.append(8)
      case UInt8(ascii: "f"): result.append(12)
      case UInt8(ascii: "u"):
        var units = [try codeUnit()]
        if units[0] & 0xFC00 == 0xD800, at + 1 < bytes.count, bytes[at] == UInt8(ascii: "\\"),
          bytes[at + 1] == UInt8(ascii: "u")
        {
          at += 2
          units.append(try codeUnit())
        }
        result += Array(String(decoding: units, as: UTF16.self).utf8)
      case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): result.append(escape)
      default: throw unexpected("an unknown escape in a string")
      }
    }
    throw unexpected("the end inside a string")
  }

  private mutating func codeUnit() throws -> UInt16 {
    guard at + 4 <= bytes.count,
      let unit = UInt16(String(decoding: bytes[at..<at + 4], as: UTF8.self), radix: 16)
    else { throw unexpected("no four hexadecimal digits") }
    at += 4
    return unit
  }

  private mutating func word(_ word: String, _ value: JSON) throws -> JSON {
    for byte in word.utf8 where !take(byte) { throw unexpected("no value") }
    return value
  }

  private mutating func take(_ byte: UInt8) -> Bool {
    guard at < bytes.count, bytes[at] == byte else { return false }
    at += 1
    return true
  }

  private mutating func skipSpace() {
    while at < bytes.count, bytes[at] == 0x20 || (bytes[at] >= 9 && bytes[at] <= 13) { at += 1 }
  }

  private func unexpected(_ what: String) -> EvidenceError {
    EvidenceError("JSON, byte \(at): \(what)")
  }
}

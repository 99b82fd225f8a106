/// A word inside of the braces of a template.
struct TemplateToken {
  enum Kind: Hashable {
    /// `.` alone.
    case dot
    /// `.Name`
    case field(String)
    /// `$` or `$name`, with the dollar sign.
    case variable(String)
    case word(String)
    case string(String)
    case integer(Int64)
    case number(Double)
    case symbol(String)
    /// The braces close.
    case end
  }

  var kind: Kind
  var offset: Int
  var followsSpace: Bool
}

/// Reads the words of one action.
struct TemplateScanner {
  let bytes: [UInt8]
  var position: Int
  let text: String
  let dialect: TemplateDialect

  /// Up to the closing braces, which stay.
  mutating func next() throws(TemplateError) -> TemplateToken {
    let before = position
    while let byte = peek, isSpace(byte) { position += 1 }
    let followsSpace = position > before
    let start = position
    func token(_ kind: TemplateToken.Kind) -> TemplateToken {
      TemplateToken(kind: kind, offset: start, followsSpace: followsSpace)
    }
    guard let byte = peek else { throw failure("unclosed action", at: start) }
    let isEnd = starts(with: dialect.closing)
    if isEnd || followsSpace && starts(with: "-" + dialect.closing) { return token(.end) }
    position += 1
    switch byte {
    case UInt8(ascii: "."):
      if let digit = peek, isDigit(digit) {
        position = start
        return token(try number())
      }
      let name = word()
      return token(name.isEmpty ? .dot : .field(name))
    case UInt8(ascii: "$"): return token(.variable("$" + word()))
    case UInt8(ascii: "\""): return token(.string(try quotedString(start)))
    case UInt8(ascii: "`"): return token(.string(try rawString(start)))
    case UInt8(ascii: "'"): return token(.integer(try character(start)))
    case UInt8(ascii: ":"):
      guard peek == UInt8(ascii: "=") else { throw failure("expected :=", at: start) }
      position += 1
      return token(.symbol(":="))
    case UInt8(ascii: "|"), UInt8(ascii: "("), UInt8(ascii: ")"), UInt8(ascii: ","),
      UInt8(ascii: "="):
      return token(.symbol(String(decoding: [byte], as: UTF8.self)))
    case UInt8(ascii: "+"), UInt8(ascii: "-"), UInt8(ascii: "0")...UInt8(ascii: "9"):
      position = start
      return token(try number())
    default:
      position = start
      let name = word()
      guard !name.isEmpty else {
        let scalar = String(decoding: bytes[start...], as: UTF8.self).unicodeScalars.first ?? "?"
        throw failure("unexpected \(quoted(String(scalar))) in command", at: start)
      }
      return token(.word(name))
    }
  }

  var peek: UInt8? { position < bytes.count ? bytes[position] : nil }

  func starts(with word: String) -> Bool { bytes[position...].starts(with: word.utf8) }

  func failure(_ message: String, at offset: Int) -> TemplateError {
    TemplateError(message, at: offset, in: text)
  }

  private func isSpace(_ byte: UInt8) -> Bool {
    byte == 0x20 || byte == 0x09 || byte == 0x0A || byte == 0x0D
  }

  private mutating func word() -> String {
    let start = position
    while let byte = peek, isNameStart(byte) || isDigit(byte) || byte >= 0x80 { position += 1 }
    return String(decoding: bytes[start..<position], as: UTF8.self)
  }

  private mutating func number() throws(TemplateError) -> TemplateToken.Kind {
    let start = position
    if let sign = peek, sign == UInt8(ascii: "+") || sign == UInt8(ascii: "-") { position += 1 }
    while let byte = peek {
      let isSign = byte == UInt8(ascii: "+") || byte == UInt8(ascii: "-")
      let isExponent = bytes[position - 1] | 0x20 == UInt8(ascii: "e")
      let belongs = isNameStart(byte) || isDigit(byte) || byte == UInt8(ascii: ".")
      guard belongs || isSign && isExponent && position > start else { break }
      position += 1
    }
    let digits = String(decoding: bytes[start..<position], as: UTF8.self)
    let isNegative = digits.hasPrefix("-")
    let unsigned = digits.hasPrefix("+") || isNegative ? String(digits.dropFirst()) : digits
    guard let value = PromQL.number(from: unsigned), let first = unsigned.utf8.first,
      isDigit(first) || first == UInt8(ascii: ".")
    else { throw failure("bad number syntax: \(quoted(digits))", at: start) }
    let isHexadecimal = unsigned.lowercased().hasPrefix("0x")
    let isFraction = unsigned.utf8.contains { $0 == UInt8(ascii: ".") || $0 | 0x20 == 0x65 }
    if !isFraction || isHexadecimal, let integer = Int64(exactly: value) {
      return .integer(isNegative ? -integer : integer)
    }
    return .number(isNegative ? -value : value)
  }

  private mutating func quotedString(_ start: Int) throws(TemplateError) -> String {
    while let byte = peek, byte != UInt8(ascii: "\""), byte != 0x0A {
      position += byte == UInt8(ascii: "\\") ? 2 : 1
    }
    guard peek == UInt8(ascii: "\"") else {
      throw failure("unterminated quoted string", at: start)
    }
    position += 1
    return try unquote(start)
  }

  private mutating func rawString(_ start: Int) throws(TemplateError) -> String {
    while let byte = peek, byte != UInt8(ascii: "`") { position += 1 }
    guard !(peek == nil) else { throw failure("unterminated raw quoted string", at: start) }
    position += 1
    return String(decoding: bytes[(start + 1)..<(position - 1)], as: UTF8.self)
  }

  private mutating func character(_ start: Int) throws(TemplateError) -> Int64 {
    while let byte = peek, byte != UInt8(ascii: "'"), byte != 0x0A {
      position += byte == UInt8(ascii: "\\") ? 2 : 1
    }
    guard peek == UInt8(ascii: "'") else {
      throw failure("unterminated character constant", at: start)
    }
    position += 1
    let scalars = try unquote(start).unicodeScalars
    guard let scalar = scalars.first, scalars.count == 1 else {
      throw failure("malformed character constant", at: start)
    }
    return Int64(scalar.value)
  }

  private func unquote(_ start: Int) throws(TemplateError) -> String {
    do {
      return String(decoding: try unquoted(bytes[start..<position]), as: UTF8.self)
    } catch {
      throw failure(error.message, at: start + error.offset)
    }
  }
}

/// Cuts a query's text into tokens; white space and comments fall away.
struct Lexer {
  private let bytes: [UInt8]
  private var at = 0
  private var tokens: [Token] = []
  /// In brackets a colon separates range and step, elsewhere it is part of names.
  private var bracketDepth = 0

  static func tokens(of text: String) throws(QueryError) -> [Token] {
    var lexer = Lexer(bytes: Array(text.utf8))
    while try lexer.next() {}
    return lexer.tokens
  }

  private init(bytes: [UInt8]) { self.bytes = bytes }

  private func byte(_ offset: Int = 0) -> UInt8 {
    at + offset < bytes.count ? bytes[at + offset] : 0
  }

  private mutating func add(_ kind: Token.Kind, _ length: Int) {
    let range = SourceRange(at, at + length)
    let text = String(decoding: bytes[at..<at + length], as: UTF8.self)
    tokens.append(Token(kind: kind, range: range, text: text))
    at += length
  }

  private mutating func next() throws(QueryError) -> Bool {
    skipBlank()
    guard at < bytes.count else {
      tokens.append(Token(kind: .end, range: SourceRange(at, at), text: ""))
      return false
    }
    let first = byte()
    if isDigit(first) || first == UInt8(ascii: ".") && isDigit(byte(1)) {
      try addNumber()
    } else if isNameStart(first) || first == UInt8(ascii: ":") && bracketDepth == 0 {
      var length = 1
      while isNameStart(byte(length)) || isDigit(byte(length))
        || byte(length) == UInt8(ascii: ":") && bracketDepth == 0
      {
        length += 1
      }
      add(.identifier, length)
      if let last = tokens.last, last.word == "inf" || last.word == "nan" {
        tokens[tokens.count - 1].kind = .number
      }
    } else if first == UInt8(ascii: "\"") || first == UInt8(ascii: "'")
      || first == UInt8(ascii: "`")
    {
      try addString(quote: first)
    } else {
      try addSymbol()
    }
    return true
  }

  private mutating func skipBlank() {
    while at < bytes.count {
      if byte() == UInt8(ascii: "#") {
        while at < bytes.count, byte() != UInt8(ascii: "\n") { at += 1 }
      } else if [9, 10, 13, 32].contains(byte()) {
        at += 1
      } else {
        return
      }
    }
  }

  private func isWordByte(_ byte: UInt8) -> Bool { isNameStart(byte) || isDigit(byte) }

  private mutating func addNumber() throws(QueryError) {
    var length = 0
    while isWordByte(byte(length)) || byte(length) == UInt8(ascii: ".") {
      let isExponent =
        byte(length) | 0x20 == UInt8(ascii: "e") && byte(1) | 0x20 != UInt8(ascii: "x")
      length += 1
      if isExponent, byte(length) == UInt8(ascii: "+") || byte(length) == UInt8(ascii: "-"),
        isDigit(byte(length + 1))
      {
        length += 1
      }
    }
    let text = String(decoding: bytes[at..<at + length], as: UTF8.self)
    if number(from: text) != nil {
      add(.number, length)
    } else if durationMilliseconds(text) != nil {
      add(.duration, length)
    } else {
      throw QueryError(
        .syntax, "bad number or duration syntax: \"\(text)\"; write 1.5, 0x1f, 1e3 or 1h30m",
        at: SourceRange(at, at + length))
    }
  }

  private mutating func addString(quote: UInt8) throws(QueryError) {
    var length = 1
    while at + length < bytes.count, byte(length) != quote {
      if byte(length) == UInt8(ascii: "\\"), quote != UInt8(ascii: "`") { length += 1 }
      if byte(length) == UInt8(ascii: "\n"), quote != UInt8(ascii: "`") { break }
      length += 1
    }
    guard at + length < bytes.count, byte(length) == quote else {
      let name = Character(Unicode.Scalar(quote))
      throw QueryError(
        .syntax, "unterminated quoted string; write \(name) at its end",
        at: SourceRange(at, min(bytes.count, at + length)))
    }
    add(.string, length + 1)
  }

  private static let pairs: Set<String> = ["==", "=~", "!=", "!~", ">=", "<=", "</", ">/"]
  private static let singles = Array("+-*/%^=<>(){}[],:@".utf8)

  private mutating func addSymbol() throws(QueryError) {
    if at + 1 < bytes.count,
      Lexer.pairs.contains(String(decoding: bytes[at...at + 1], as: UTF8.self))
    {
      add(.symbol, 2)
      return
    }
    guard Lexer.singles.contains(byte()) else {
      let rest = String(decoding: bytes[at...], as: UTF8.self)
      let shown = rest.first.map(String.init) ?? ""
      throw QueryError(
        .syntax,
        "unexpected character: '\(shown)'; names with it are written in quotes: "
          + "{\"name\", \"label\"=\"value\"}", at: SourceRange(at, at + shown.utf8.count))
    }
    if byte() == UInt8(ascii: "[") { bracketDepth += 1 }
    if byte() == UInt8(ascii: "]") { bracketDepth = max(0, bracketDepth - 1) }
    add(.symbol, 1)
  }
}

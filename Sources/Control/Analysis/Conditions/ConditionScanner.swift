/// Cuts a condition into words, with the lexical rules of expr-lang.
struct ConditionScanner {
  /// Words that are operators.
  private static let operators: Set<String> = [
    "and", "or", "not", "in", "matches", "contains", "startsWith", "endsWith",
  ]
  private static let pairs = ["&&", "||", "==", "!=", "<=", ">=", "**", "??", "?.", "..", "::"]

  private let bytes: [UInt8]
  private var position = 0

  init(_ text: String) { bytes = Array(text.utf8) }

  mutating func next() throws(ConditionError) -> ConditionToken {
    try skipBlanks()
    let start = position
    guard let byte = peek() else { return ConditionToken(kind: .end, offset: start) }
    let kind: ConditionToken.Kind
    switch byte {
    case UInt8(ascii: "0")...UInt8(ascii: "9"): kind = try number()
    case UInt8(ascii: ".") where isDigit(peek(1)): kind = try number()
    case UInt8(ascii: "\""), UInt8(ascii: "'"): kind = .text(try quoted(byte))
    case UInt8(ascii: "`"): kind = .text(try raw())
    case _ where isWord(byte):
      while let byte = peek(), isWord(byte) { position += 1 }
      let word = String(decoding: bytes[start..<position], as: UTF8.self)
      kind = ConditionScanner.operators.contains(word) ? .symbol(word) : .name(word)
    default: kind = .symbol(try symbol())
    }
    return ConditionToken(kind: kind, offset: start)
  }

  private func peek(_ ahead: Int = 0) -> UInt8? {
    position + ahead < bytes.count ? bytes[position + ahead] : nil
  }

  private func isDigit(_ byte: UInt8?) -> Bool {
    byte.map { $0 >= UInt8(ascii: "0") && $0 <= UInt8(ascii: "9") } ?? false
  }

  /// Letters beyond ASCII belong to words too.
  private func isWord(_ byte: UInt8) -> Bool {
    isDigit(byte) || byte | 0x20 >= UInt8(ascii: "a") && byte | 0x20 <= UInt8(ascii: "z")
      || byte == UInt8(ascii: "_") || byte == UInt8(ascii: "$") || byte >= 0x80
  }

  private mutating func skipBlanks() throws(ConditionError) {
    while let byte = peek() {
      if byte == 0x20 || byte >= 0x09 && byte <= 0x0D {
        position += 1
      } else if byte == UInt8(ascii: "/"), peek(1) == UInt8(ascii: "/") {
        while let byte = peek(), byte != 0x0A { position += 1 }
      } else if byte == UInt8(ascii: "/"), peek(1) == UInt8(ascii: "*") {
        let start = position
        position += 2
        while peek() != UInt8(ascii: "*") || peek(1) != UInt8(ascii: "/") {
          guard peek() != nil else { throw ConditionError("the comment does not end", at: start) }
          position += 1
        }
        position += 2
      } else {
        return
      }
    }
  }

  private mutating func symbol() throws(ConditionError) -> String {
    let start = position
    if let second = peek(1) {
      let pair = String(decoding: [bytes[start], second], as: UTF8.self)
      if ConditionScanner.pairs.contains(pair) {
        position += 2
        return pair
      }
    }
    let symbol = String(decoding: [bytes[start]], as: UTF8.self)
    guard "()[]{},:;?.#+-*/%^<>!|".contains(symbol) else {
      let remedy =
        switch symbol {
        case "=": "; equality is `==`"
        case "&": "; both is `&&`"
        default: ""
        }
      throw ConditionError("`\(symbol)` has no meaning here\(remedy)", at: start)
    }
    position += 1
    return symbol
  }
}

// MARK: Literals

extension ConditionScanner {
  private mutating func number() throws(ConditionError) -> ConditionToken.Kind {
    let start = position
    var radix = 10
    if peek() == UInt8(ascii: "0"), let letter = peek(1).map({ $0 | 0x20 }) {
      switch letter {
      case UInt8(ascii: "x"): radix = 16
      case UInt8(ascii: "o"): radix = 8
      case UInt8(ascii: "b"): radix = 2
      default: break
      }
    }
    var isWhole = true
    if radix != 10 {
      position += 2
      while let byte = peek(), isWord(byte) { position += 1 }
    } else {
      skipDigits()
      if peek() == UInt8(ascii: "."), peek(1) != UInt8(ascii: ".") {
        isWhole = false
        position += 1
        skipDigits()
      }
      if peek().map({ $0 | 0x20 }) == UInt8(ascii: "e") {
        isWhole = false
        position += 1
        if peek() == UInt8(ascii: "+") || peek() == UInt8(ascii: "-") { position += 1 }
        skipDigits()
      }
    }
    let isCut = peek().map(isWord) ?? false
    while let byte = peek(), isWord(byte) { position += 1 }
    let written = String(decoding: bytes[start..<position], as: UTF8.self)
    let digits = written.filter { $0 != "_" }
    if !isCut, isWhole,
      let value = Int64(radix == 10 ? digits : String(digits.dropFirst(2)), radix: radix)
    {
      return .integer(value)
    }
    // A point or an exponent may end the digits for Go, not for Swift.
    if !isCut, !isWhole, let value = Double(digits.hasSuffix(".") ? digits + "0" : digits),
      value.isFinite
    {
      return .number(value)
    }
    throw ConditionError("`\(written)` is no number, or too large", at: start)
  }

  private mutating func skipDigits() {
    while let byte = peek(), isDigit(byte) || byte == UInt8(ascii: "_") { position += 1 }
  }

  private mutating func raw() throws(ConditionError) -> String {
    let start = position
    position += 1
    while let byte = peek(), byte != UInt8(ascii: "`") { position += 1 }
    guard peek() != nil else { throw ConditionError("the text does not end", at: start) }
    position += 1
    return String(decoding: bytes[(start + 1)..<(position - 1)], as: UTF8.self)
  }

  private mutating func quoted(_ quote: UInt8) throws(ConditionError) -> String {
    let start = position
    position += 1
    var result: [UInt8] = []
    while let byte = peek(), byte != quote, byte != 0x0A {
      position += 1
      if byte == UInt8(ascii: "\\") {
        result += try escaped()
      } else {
        result.append(byte)
      }
    }
    guard peek() == quote else { throw ConditionError("the text does not end", at: start) }
    position += 1
    return String(decoding: result, as: UTF8.self)
  }

  private mutating func escaped() throws(ConditionError) -> [UInt8] {
    let start = position - 1
    guard let letter = peek() else { throw ConditionError("the text does not end", at: start) }
    position += 1
    switch letter {
    case UInt8(ascii: "a"): return [0x07]
    case UInt8(ascii: "b"): return [0x08]
    case UInt8(ascii: "f"): return [0x0C]
    case UInt8(ascii: "n"): return [0x0A]
    case UInt8(ascii: "r"): return [0x0D]
    case UInt8(ascii: "t"): return [0x09]
    case UInt8(ascii: "v"): return [0x0B]
    case UInt8(ascii: "\\"), UInt8(ascii: "'"), UInt8(ascii: "\""): return [letter]
    case UInt8(ascii: "x"), UInt8(ascii: "u"), UInt8(ascii: "U"):
      let count = letter == UInt8(ascii: "x") ? 2 : letter == UInt8(ascii: "u") ? 4 : 8
      let digits = bytes[position..<min(position + count, bytes.count)]
      if digits.count == count,
        let code = UInt32(String(decoding: digits, as: UTF8.self), radix: 16),
        let scalar = Unicode.Scalar(code)
      {
        position += count
        return Array(String(Character(scalar)).utf8)
      }
    default: break
    }
    throw ConditionError("a backslash is written `\\\\` inside of a text", at: start)
  }
}

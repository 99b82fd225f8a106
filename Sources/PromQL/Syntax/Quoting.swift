// How names and strings are written in PromQL.

/// Whether a text can stand for a label without quotes.
func isLabelName(_ text: String) -> Bool {
  guard let first = text.utf8.first, isNameStart(first) else { return false }
  return text.utf8.allSatisfy { isNameStart($0) || isDigit($0) }
}

/// Whether a text can stand for a metric without quotes.
func isMetricName(_ text: String) -> Bool {
  guard let first = text.utf8.first, isNameStart(first) || first == UInt8(ascii: ":") else {
    return false
  }
  return text.utf8.allSatisfy { isNameStart($0) || isDigit($0) || $0 == UInt8(ascii: ":") }
}

@inline(__always)
func isNameStart(_ byte: UInt8) -> Bool {
  byte | 0x20 >= UInt8(ascii: "a") && byte | 0x20 <= UInt8(ascii: "z") || byte == UInt8(ascii: "_")
}

@inline(__always)
func isDigit(_ byte: UInt8) -> Bool { byte >= UInt8(ascii: "0") && byte <= UInt8(ascii: "9") }

/// The value of a hexadecimal digit.
func hexadecimal(_ byte: UInt8) -> UInt32? {
  if isDigit(byte) { return UInt32(byte - UInt8(ascii: "0")) }
  let letter = byte | 0x20
  guard letter >= UInt8(ascii: "a"), letter <= UInt8(ascii: "f") else { return nil }
  return UInt32(letter - UInt8(ascii: "a") + 10)
}

func quotedUnlessLabelName(_ text: String) -> String { isLabelName(text) ? text : quoted(text) }

/// A string in double quotes.
func quoted(_ text: String) -> String { quoted(bytes: Array(text.utf8)) }

/// Bytes in double quotes; those that are no UTF-8 as \x and two digits.
func quoted(bytes: [UInt8]) -> String {
  var result = "\""
  var at = 0
  while at < bytes.count {
    let byte = bytes[at]
    switch byte {
    case UInt8(ascii: "\""): result += "\\\""
    case UInt8(ascii: "\\"): result += "\\\\"
    case 7: result += "\\a"
    case 8: result += "\\b"
    case 9: result += "\\t"
    case 10: result += "\\n"
    case 11: result += "\\v"
    case 12: result += "\\f"
    case 13: result += "\\r"
    case 0x20..<0x7f: result.unicodeScalars.append(Unicode.Scalar(byte))
    default:
      if let (scalar, length) = decodedScalar(bytes, at), byte >= 0x80 {
        result.unicodeScalars.append(scalar)
        at += length
        continue
      }
      let digits = String(byte, radix: 16)
      result += "\\x" + (digits.count < 2 ? "0" : "") + digits
    }
    at += 1
  }
  return result + "\""
}

/// The code point that starts at a place, when it is well-formed UTF-8.
private func decodedScalar(_ bytes: [UInt8], _ at: Int) -> (Unicode.Scalar, Int)? {
  for length in 1...4 where at + length <= bytes.count {
    if let text = String(validating: bytes[at..<at + length], as: UTF8.self),
      let scalar = text.unicodeScalars.first
    {
      return (scalar, length)
    }
  }
  return nil
}

/// Why the inside of a string literal cannot be read.
struct UnquotingError: Error {
  var message: String
  /// Bytes from the start of the literal.
  var offset: Int
}

/// The bytes of a literal with its quotes: Go's escapes in ' and ", none in backticks.
func unquoted(_ literal: ArraySlice<UInt8>) throws(UnquotingError) -> [UInt8] {
  guard let quote = literal.first, literal.count >= 2, literal.last == quote else {
    throw UnquotingError(message: "string is not closed", offset: 0)
  }
  let inside = literal.dropFirst().dropLast()
  if quote == UInt8(ascii: "`") { return Array(inside) }
  var result: [UInt8] = []
  var at = inside.startIndex
  while at < inside.endIndex {
    guard inside[at] == UInt8(ascii: "\\") else {
      result.append(inside[at])
      at += 1
      continue
    }
    let start = at - literal.startIndex
    at += 1
    guard at < inside.endIndex else {
      throw UnquotingError(message: "escape sequence is not finished", offset: start)
    }
    let letter = inside[at]
    at += 1
    switch letter {
    case UInt8(ascii: "a"): result.append(7)
    case UInt8(ascii: "b"): result.append(8)
    case UInt8(ascii: "t"): result.append(9)
    case UInt8(ascii: "n"): result.append(10)
    case UInt8(ascii: "v"): result.append(11)
    case UInt8(ascii: "f"): result.append(12)
    case UInt8(ascii: "r"): result.append(13)
    case UInt8(ascii: "\\"): result.append(letter)
    case UInt8(ascii: "'"), UInt8(ascii: "\""):
      guard letter == quote else {
        throw UnquotingError(message: "this quote needs no backslash here", offset: start)
      }
      result.append(letter)
    case UInt8(ascii: "x"), UInt8(ascii: "u"), UInt8(ascii: "U"):
      let count = letter == UInt8(ascii: "x") ? 2 : letter == UInt8(ascii: "u") ? 4 : 8
      var value: UInt32 = 0
      for _ in 0..<count {
        guard at < inside.endIndex, let digit = hexadecimal(inside[at]) else {
          throw UnquotingError(
            message: "escape sequence needs \(count) hexadecimal digits", offset: start)
        }
        value = value &<< 4 | digit
        at += 1
      }
      if count == 2 {
        result.append(UInt8(value))
      } else if let scalar = Unicode.Scalar(value) {
        result += Array(String(Character(scalar)).utf8)
      } else {
        throw UnquotingError(message: "escape sequence is no code point", offset: start)
      }
    case UInt8(ascii: "0")...UInt8(ascii: "7"):
      var value = UInt32(letter - UInt8(ascii: "0"))
      for _ in 0..<2 {
        guard at < inside.endIndex, inside[at] >= UInt8(ascii: "0"), inside[at] <= UInt8(ascii: "7")
        else {
          throw UnquotingError(message: "escape sequence needs 3 octal digits", offset: start)
        }
        value = value * 8 + UInt32(inside[at] - UInt8(ascii: "0"))
        at += 1
      }
      guard value < 256 else {
        throw UnquotingError(message: "octal escape sequence is over 255", offset: start)
      }
      result.append(UInt8(value))
    default:
      throw UnquotingError(
        message: "unknown escape sequence \\\(Character(Unicode.Scalar(letter)))", offset: start)
    }
  }
  return result
}

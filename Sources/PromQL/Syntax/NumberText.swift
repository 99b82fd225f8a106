// How numbers are read and written; the texts are those of Go, since label values hold them.

/// A number literal: decimal, hexadecimal with 0x, octal with 0 or 0o, binary with 0b, digits
/// separated by `_`, Inf and NaN in any case.
func number(from text: String) -> Double? {
  let plain = text.lowercased()
  if plain == "inf" { return .infinity }
  if plain == "nan" { return .nan }
  guard let digits = withoutSeparators(plain) else { return nil }
  if let whole = integer(from: digits, hadSeparators: digits.count != plain.count) {
    return Double(whole)
  }
  if digits.count != plain.count, !digits.hasPrefix("0x") { return nil }
  return Double(digits)
}

/// A number as Go's `strconv.ParseFloat` reads it: the value of an `le` label.
func float(from text: String) -> Double? {
  guard let first = text.utf8.first, first > 0x20, let last = text.utf8.last, last > 0x20 else {
    return nil
  }
  if text.lowercased().hasPrefix("nan("), text.hasSuffix(")") { return nil }
  return Double(text)
}

/// `_` may stand between digits, and after a prefix.
private func withoutSeparators(_ text: String) -> String? {
  guard text.contains("_") else { return text }
  let bytes = Array(text.utf8)
  for (at, byte) in bytes.enumerated() where byte == UInt8(ascii: "_") {
    guard at > 0, at + 1 < bytes.count, hexadecimal(bytes[at + 1]) != nil,
      hexadecimal(bytes[at - 1]) != nil || bytes[at - 1] | 0x20 == UInt8(ascii: "x")
    else { return nil }
  }
  return text.filter { $0 != "_" }
}

private func integer(from digits: String, hadSeparators: Bool) -> Int64? {
  func value(_ prefix: Int, _ radix: Int) -> Int64? {
    Int64(String(digits.dropFirst(prefix)), radix: radix)
  }
  if digits.hasPrefix("0x") { return value(2, 16) }
  if digits.hasPrefix("0b") { return value(2, 2) }
  if digits.hasPrefix("0o") { return value(2, 8) }
  if digits.count > 1, digits.hasPrefix("0"), digits.utf8.allSatisfy(isDigit) {
    return value(1, 8)
  }
  return Int64(digits)
}

/// The shortest decimal digits that stand for a number, and the place of the decimal point:
/// 0.digits * 10^point.
private func shortestDigits(_ magnitude: Double) -> (digits: [UInt8], point: Int) {
  var digits: [UInt8] = []
  var point: Int?
  var exponent = 0
  let text = Array(magnitude.description.utf8)
  var at = 0
  while at < text.count {
    switch text[at] {
    case UInt8(ascii: "."): point = digits.count
    case UInt8(ascii: "e"):
      exponent = Int(String(decoding: text[(at + 1)...], as: UTF8.self)) ?? 0
      at = text.count
    default: digits.append(text[at])
    }
    at += 1
  }
  var place = (point ?? digits.count) + exponent
  while digits.count > 1, digits[0] == UInt8(ascii: "0") {
    digits.removeFirst()
    place -= 1
  }
  while digits.count > 1, digits[digits.count - 1] == UInt8(ascii: "0") { digits.removeLast() }
  return digits == [UInt8(ascii: "0")] ? (digits, 1) : (digits, place)
}

private func specialText(_ value: Double) -> String? {
  if value.isNaN { return "NaN" }
  if value.isInfinite { return value > 0 ? "+Inf" : "-Inf" }
  return nil
}

/// Without an exponent: Go's format `f` with the fewest digits. `count_values` labels so.
public func plainText(_ value: Double) -> String {
  if let text = specialText(value) { return text }
  let (digits, point) = shortestDigits(value.magnitude)
  return (value.sign == .minus ? "-" : "") + plainText(digits, point)
}

private func plainText(_ digits: [UInt8], _ point: Int) -> String {
  let text = String(decoding: digits, as: UTF8.self)
  if point <= 0 { return "0." + String(repeating: "0", count: -point) + text }
  if point >= digits.count { return text + String(repeating: "0", count: point - digits.count) }
  return text.prefix(point) + "." + text.dropFirst(point)
}

/// With an exponent below 10^-4 and from 10^6 on: Go's format `g` with the fewest digits.
public func shortText(_ value: Double) -> String {
  if let text = specialText(value) { return text }
  let (digits, point) = shortestDigits(value.magnitude)
  return (value.sign == .minus ? "-" : "") + text(digits, point, exponentMin: 6)
}

/// Two digits that count: Go's format `.2g`.
func roughText(_ value: Double) -> String {
  if let text = specialText(value) { return text }
  var (digits, point) = shortestDigits(value.magnitude)
  if digits.count > 2 {
    var number = (digits[0] - 48) * 10 + digits[1] - 48 + (digits[2] >= 53 ? 1 : 0)
    if number == 100 {
      number = 10
      point += 1
    }
    digits = number % 10 == 0 ? [48 + number / 10] : [48 + number / 10, 48 + number % 10]
  }
  return (value.sign == .minus ? "-" : "") + text(digits, point, exponentMin: 2)
}

private func text(_ digits: [UInt8], _ point: Int, exponentMin: Int) -> String {
  let exponent = point - 1
  if exponent >= -4, exponent < exponentMin { return plainText(digits, point) }
  let text = String(decoding: digits, as: UTF8.self)
  let fraction = digits.count > 1 ? "." + text.dropFirst() : ""
  let size = exponent.magnitude
  return text.prefix(1) + fraction + (exponent < 0 ? "e-" : "e+") + (size < 10 ? "0" : "")
    + String(size)
}

/// As OpenMetrics writes quantiles: with a point or an exponent.
func openMetricsText(_ value: Double) -> String {
  let text = shortText(value)
  return value.isFinite && !text.contains(".") && !text.contains("e") ? text + ".0" : text
}

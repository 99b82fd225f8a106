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
public func float(from text: String) -> Double? {
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

/// Without an exponent: Go's format `f` with the fewest digits. `count_values` labels so.
public func plainText(_ value: Double) -> String { FloatText.text(value, .plain, precision: nil) }

/// With an exponent below 10^-4 and from 10^6 on: Go's format `g` with the fewest digits.
public func shortText(_ value: Double) -> String { FloatText.text(value, .general, precision: nil) }

/// Six digits that count, for people: Go's format `.6g`.
public func readableText(_ value: Double) -> String {
  FloatText.text(value, .general, precision: 6)
}

/// Two digits that count: Go's format `.2g`.
func roughText(_ value: Double) -> String { FloatText.text(value, .general, precision: 2) }

/// As OpenMetrics writes quantiles: with a point or an exponent.
func openMetricsText(_ value: Double) -> String {
  let text = shortText(value)
  return value.isFinite && !text.contains(".") && !text.contains("e") ? text + ".0" : text
}

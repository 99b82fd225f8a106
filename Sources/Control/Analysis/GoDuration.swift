public import Units

/// Lengths of time as Go's `time.ParseDuration` reads them: `1m30s`, `1.5h`, `-2s`, `0`.
public enum GoDuration {
  private static let units: [(name: String, nanoseconds: Double)] = [
    ("ns", 1), ("us", 1e3), ("\u{B5}s", 1e3), ("\u{3BC}s", 1e3), ("ms", 1e6), ("s", 1e9),
    ("m", 60e9), ("h", 3600e9),
  ]

  /// nil where the text is no duration, or one of more than 292 years.
  public static func span(_ text: String) -> Span? {
    var rest = text.unicodeScalars[...]
    var isNegative = false
    if let sign = rest.first, sign == "-" || sign == "+" {
      isNegative = sign == "-"
      rest.removeFirst()
    }
    if rest.elementsEqual("0".unicodeScalars) { return .zero }
    guard !rest.isEmpty else { return nil }
    var total: Int64 = 0
    while !rest.isEmpty {
      guard let part = part(&rest) else { return nil }
      let (sum, overflows) = total.addingReportingOverflow(part)
      if overflows { return nil }
      total = sum
    }
    return Span(ns: isNegative ? -total : total)
  }

  /// A number with its unit, in nanoseconds.
  private static func part(_ rest: inout Substring.UnicodeScalarView) -> Int64? {
    let number = String(String.UnicodeScalarView(rest.prefix { isDigit($0) || $0 == "." }))
    rest.removeFirst(number.unicodeScalars.count)
    let unit = String(String.UnicodeScalarView(rest.prefix { !isDigit($0) && $0 != "." }))
    rest.removeFirst(unit.unicodeScalars.count)
    let parts = number.split(separator: ".", omittingEmptySubsequences: false)
    guard parts.count <= 2, parts.contains(where: { !$0.isEmpty }),
      let factor = units.first(where: { $0.name.unicodeScalars.elementsEqual(unit.unicodeScalars) }
      ),
      let whole = parts[0].isEmpty ? 0 : Int64(parts[0])
    else { return nil }
    let (scaled, overflows) = whole.multipliedReportingOverflow(by: Int64(factor.nanoseconds))
    guard !overflows else { return nil }
    guard parts.count == 2, !parts[1].isEmpty, let fraction = Double("0." + parts[1]) else {
      return scaled
    }
    let (sum, isLong) = scaled.addingReportingOverflow(Int64(fraction * factor.nanoseconds))
    return isLong ? nil : sum
  }

  private static func isDigit(_ scalar: Unicode.Scalar) -> Bool {
    scalar.value >= 0x30 && scalar.value <= 0x39
  }
}

/// Figures as people read them, each with its unit; the same in every finding, reason and report.
public enum Figures {
  /// `1,204`
  public static func count(_ number: some BinaryInteger) -> String {
    let digits = String(number.magnitude)
    var text = number < 0 ? "-" : ""
    for (index, digit) in digits.enumerated() {
      if index > 0, (digits.count - index) % 3 == 0 { text += "," }
      text.append(digit)
    }
    return text
  }

  /// `1 pod`, `2 pods`
  public static func count(_ number: some BinaryInteger, _ noun: String) -> String {
    "\(count(number)) \(noun)\(number == 1 ? "" : "s")"
  }

  /// `10.2 %`, `0.42 %`, `0.0012 %`
  public static func percent(_ ratio: Ratio) -> String {
    let size = abs(ratio.ppm)
    let digits = size >= 100_000 ? 1 : size >= 100 ? 2 : 4
    return "\(trimmed(decimal(ratio.ppm, unit: 10_000, digits: digits))) %"
  }

  /// `850 µs`, `4 ms`, `12.3 s`, `2 min 05 s`, `3 h 05 min`
  public static func span(_ span: Span) -> String {
    let ns = span.ns.magnitude
    let sign = span.ns < 0 ? "-" : ""
    let size = Int64(clamping: ns)
    if ns == 0 { return "0 s" }
    if ns < 1_000 { return "\(sign)\(ns) ns" }
    if ns < 1_000_000 { return "\(sign)\(ns / 1_000) µs" }
    if ns < 10_000_000 { return sign + trimmed(decimal(size, unit: 1_000_000, digits: 1)) + " ms" }
    if ns < 1_000_000_000 { return "\(sign)\(ns / 1_000_000) ms" }
    if ns < 120_000_000_000 {
      return sign + trimmed(decimal(size, unit: 1_000_000_000, digits: 1)) + " s"
    }
    let seconds = ns / 1_000_000_000
    if seconds < 7200 { return "\(sign)\(seconds / 60) min \(padded(seconds % 60)) s" }
    return "\(sign)\(seconds / 3600) h \(padded(seconds / 60 % 60)) min"
  }

  /// `value / unit` with so many digits after the point, rounded half away from zero.
  public static func decimal(_ value: Int64, unit: Int64, digits: Int) -> String {
    let scale = (0..<digits).reduce(UInt64(1)) { power, _ in power * 10 }
    let (size, unit) = (value.magnitude, unit.magnitude)
    // A rest below the unit times the scale, over the unit, is below the scale.
    let product = (size % unit).multipliedFullWidth(by: scale)
    let (quotient, rest) = unit.dividingFullWidth(product)
    var fraction = quotient
    if rest >= unit - rest { fraction += 1 }
    let whole = size / unit + fraction / scale
    fraction %= scale
    let sign = value < 0 && whole | fraction > 0 ? "-" : ""
    if digits == 0 { return "\(sign)\(whole)" }
    let text = String(fraction)
    return "\(sign)\(whole)." + String(repeating: "0", count: digits - text.count) + text
  }

  /// Without zeros at the end of the fraction.
  public static func trimmed(_ text: String) -> String {
    guard text.contains(".") else { return text }
    var text = Substring(text)
    while text.last == "0" { text.removeLast() }
    if text.last == "." { text.removeLast() }
    return String(text)
  }

  public static func padded(_ number: UInt64) -> String { number < 10 ? "0\(number)" : "\(number)" }
}

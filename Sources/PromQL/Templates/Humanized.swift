/// Numbers as people read them, with four digits.
enum Humanized {
  private static let small = ["m", "u", "n", "p", "f", "a", "z", "y"]

  static func decimal(_ value: Double) -> String {
    if value == 0 || !value.isFinite { return short(value) }
    return value.magnitude >= 1
      ? scaled(value, by: 1000, ["k", "M", "G", "T", "P", "E", "Z", "Y"]) : fraction(value)
  }

  static func binary(_ value: Double) -> String {
    if value.magnitude <= 1 || !value.isFinite { return short(value) }
    return scaled(value, by: 1024, ["ki", "Mi", "Gi", "Ti", "Pi", "Ei", "Zi", "Yi"])
  }

  static func percentage(_ value: Double) -> String { short(value * 100) + "%" }

  /// - Parameter seconds: whole from a minute on.
  static func duration(_ seconds: Double) -> String {
    if !seconds.isFinite { return short(seconds) }
    if seconds == 0 { return short(seconds) + "s" }
    if seconds.magnitude < 1 { return fraction(seconds) + "s" }
    let sign = seconds < 0 ? "-" : ""
    // Go converts what no 64 bits hold to the smallest integer; as a length that is meaningless.
    let whole = seconds.magnitude < 0x1p63 ? Int64(seconds.magnitude) : Int64.max
    let (days, hours, minutes) = (whole / 86_400, whole / 3600 % 24, whole / 60 % 60)
    if days > 0 { return "\(sign)\(days)d \(hours)h \(minutes)m \(whole % 60)s" }
    if hours > 0 { return "\(sign)\(hours)h \(minutes)m \(whole % 60)s" }
    if minutes > 0 { return "\(sign)\(minutes)m \(whole % 60)s" }
    return sign + short(seconds.magnitude) + "s"
  }

  private static func scaled(_ value: Double, by unit: Double, _ prefixes: [String]) -> String {
    var value = value
    var prefix = ""
    for next in prefixes where value.magnitude >= unit {
      prefix = next
      value /= unit
    }
    return short(value) + prefix
  }

  private static func fraction(_ value: Double) -> String {
    var value = value
    var prefix = ""
    for next in small where value.magnitude < 1 {
      prefix = next
      value *= 1000
    }
    return short(value) + prefix
  }

  /// Go's `%.4g`.
  private static func short(_ value: Double) -> String {
    FloatText.text(value, .general, precision: 4)
  }
}

/// Times and durations as Go prints them.
enum TimeText {
  /// Such as `2024-01-01 00:00:00.5 +0000 UTC`.
  ///
  /// - Parameter milliseconds: since 1970.
  static func time(_ milliseconds: Int64) -> String {
    let (days, rest) = floored(milliseconds, 86_400_000)
    let (year, month, day) = date(days)
    let second = rest / 1000
    var text = padded(year, 4) + "-" + padded(month, 2) + "-" + padded(day, 2)
    text += " " + padded(second / 3600, 2) + ":" + padded(second / 60 % 60, 2)
    text += ":" + padded(second % 60, 2)
    if rest % 1000 > 0 { text += "." + trimmed(padded(rest % 1000, 3)) }
    return text + " +0000 UTC"
  }

  /// Such as `1h2m3.5s` or `1.5ms`.
  static func duration(_ nanoseconds: Int64) -> String {
    let size = nanoseconds.magnitude
    let sign = nanoseconds < 0 ? "-" : ""
    if size == 0 { return "0s" }
    if size < 1000 { return "\(sign)\(size)ns" }
    if size < 1_000_000 { return sign + decimal(size, 1000, digits: 3) + "µs" }
    if size < 1_000_000_000 { return sign + decimal(size, 1_000_000, digits: 6) + "ms" }
    let minutes = size / 60_000_000_000
    var text = decimal(size % 60_000_000_000, 1_000_000_000, digits: 9) + "s"
    if minutes > 0 { text = "\(minutes % 60)m" + text }
    if minutes >= 60 { text = "\(minutes / 60)h" + text }
    return sign + text
  }

  private static func decimal(_ value: UInt64, _ unit: UInt64, digits: Int) -> String {
    let fraction = trimmed(padded(Int64(value % unit), digits))
    return "\(value / unit)" + (fraction.isEmpty ? "" : "." + fraction)
  }

  private static func trimmed(_ digits: String) -> String {
    var digits = digits
    while digits.hasSuffix("0") { digits.removeLast() }
    return digits
  }

  private static func padded(_ value: Int64, _ width: Int) -> String {
    let text = String(value)
    return String(repeating: "0", count: max(0, width - text.utf8.count)) + text
  }

  private static func floored(_ value: Int64, _ unit: Int64) -> (quotient: Int64, rest: Int64) {
    let rest = ((value % unit) + unit) % unit
    return ((value - rest) / unit, rest)
  }

  /// The Gregorian date of a day counted from 1970: years are counted from March, in eras of 400.
  private static func date(_ days: Int64) -> (year: Int64, month: Int64, day: Int64) {
    let (era, dayOfEra) = floored(days + 719_468, 146_097)
    let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
    let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
    let monthFromMarch = (5 * dayOfYear + 2) / 153
    let month = monthFromMarch < 10 ? monthFromMarch + 3 : monthFromMarch - 9
    let day = dayOfYear - (153 * monthFromMarch + 2) / 5 + 1
    return (yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month, day)
  }
}

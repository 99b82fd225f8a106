// Durations such as 1h30m: units in descending order, each at most once, in milliseconds.

private let durationUnits: [(name: String, milliseconds: Int64)] = [
  ("y", 365 * 86_400_000), ("w", 7 * 86_400_000), ("d", 86_400_000), ("h", 3_600_000),
  ("m", 60_000), ("s", 1000), ("ms", 1),
]

/// A text of numbers with units, or 0 alone.
///
/// - Returns: milliseconds; nil when it is no duration or longer than 292 years.
public func durationMilliseconds(_ text: String) -> Int64? {
  if text == "0" { return 0 }
  let bytes = Array(text.utf8)
  var at = 0
  var unit = 0
  var total: Int64 = 0
  if bytes.isEmpty { return nil }
  while at < bytes.count {
    var amount: Int64 = 0
    let start = at
    while at < bytes.count, isDigit(bytes[at]) {
      let (tens, overflowed) = amount.multipliedReportingOverflow(by: 10)
      if overflowed { return nil }
      amount = tens &+ Int64(bytes[at] - UInt8(ascii: "0"))
      if amount < 0 { return nil }
      at += 1
    }
    let nameStart = at
    while at < bytes.count, isNameStart(bytes[at]) { at += 1 }
    let name = String(decoding: bytes[nameStart..<at], as: UTF8.self)
    guard start < nameStart, let found = durationUnits.firstIndex(where: { $0.name == name }),
      found >= unit
    else { return nil }
    unit = found + 1
    let (part, overflowed) = amount.multipliedReportingOverflow(
      by: durationUnits[found].milliseconds)
    if overflowed { return nil }
    total &+= part
    if total < 0 || total > Int64.max / 1_000_000 { return nil }
  }
  return total
}

/// The shortest text of a duration that is not negative; weeks and years only when nothing is left.
public func durationText(_ milliseconds: Int64) -> String {
  if milliseconds == 0 { return "0s" }
  var rest = milliseconds
  var text = ""
  for (at, unit) in durationUnits.enumerated() {
    if at < 2, rest % unit.milliseconds != 0 { continue }
    let amount = rest / unit.milliseconds
    if amount > 0 {
      text += "\(amount)\(unit.name)"
      rest -= amount * unit.milliseconds
    }
  }
  return text
}

extension Span {
  /// Reads `300ms`, `5m`, `1m30s`, `2h`; nil for what is no length of time.
  public init?(text: String) {
    let units: [(String, Int64)] = [
      ("ms", 1_000_000), ("us", 1_000), ("ns", 1), ("s", 1_000_000_000), ("m", 60_000_000_000),
      ("h", 3_600_000_000_000), ("d", 86_400_000_000_000),
    ]
    if text == "0" {
      self = .zero
      return
    }
    var total = 0.0
    var rest = text[...]
    guard !rest.isEmpty else { return nil }
    while !rest.isEmpty {
      let number = rest.prefix { $0.isASCII && ($0.isNumber || $0 == ".") }
      rest = rest.dropFirst(number.count)
      guard let value = Double(number), let unit = units.first(where: { rest.hasPrefix($0.0) })
      else { return nil }
      total += value * Double(unit.1)
      rest = rest.dropFirst(unit.0.count)
    }
    guard total < 9e18 else { return nil }
    self = Span(ns: Int64(total.rounded()))
  }
}

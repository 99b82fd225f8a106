extension Quantity {
  /// Reads a text as `resource.ParseQuantity` does.
  ///
  /// Digits below a nano unit are rounded away from zero; amounts with a binary suffix are capped at
  /// 2^63-1. The source text stays the quantity's `string` where Kubernetes keeps it.
  ///
  /// - Throws: `QuantityError` when the text is no quantity.
  public init(parsing source: String) throws(QuantityError) {
    if source.isEmpty { throw .format }
    let parts = try Parts(source)
    guard let (base, exponent, format) = Quantity.interpret(parts.suffix) else { throw .suffix }
    let unit = Unit(base: base, exponent: exponent, format: format)
    self = Quantity.short(parts, unit, source) ?? Quantity.long(parts, unit)
  }

  /// What the letters after a number mean: number * base^exponent, written in `format`.
  private struct Unit {
    var base: Int
    var exponent: Int
    var format: Format
  }

  /// The short way of `ParseQuantity`, in 64-bit integers; the only one that keeps the source text.
  private static func short(_ parts: Parts, _ unit: Unit, _ source: String) -> Quantity? {
    let digitCount = parts.whole.count + parts.fraction.count
    var bits = 0
    var place = 0
    switch unit.format {
    case .decimalSI, .decimalExponent:
      guard digitCount <= 18 else { return nil }
      place = unit.exponent - parts.fraction.count
    case .binarySI:
      guard parts.fraction.isEmpty, 14 - parts.whole.count - unit.exponent * 3 / 10 >= 0 else {
        return nil
      }
      bits = unit.exponent
    }
    guard place >= -9 else { return nil }
    let shown = parts.whole + parts.fraction
    var number: Int64 = 0
    for digit in shown { number = number * 10 + Int64(digit) }
    let (amount, overflow) = number.multipliedReportingOverflow(by: 1 << Int64(bits))
    if overflow { return nil }
    let canonical =
      unit.format == .binarySI
      ? number & 7 != 0
      : place % 3 == 0 && shown.first != 0 && !(shown.count >= 3 && shown.suffix(3) == [0, 0, 0])
    return Quantity(
      Decimal(parts.negative ? -amount : amount, exponent: place), format: unit.format,
      text: canonical || source == "0" ? source : "")
  }

  /// The long way: exact at any length, then rounded and capped.
  private static func long(_ parts: Parts, _ unit: Unit) -> Quantity {
    var amount = Decimal(
      digits: parts.whole + parts.fraction, negative: false,
      exponent: (unit.base == 10 ? unit.exponent : 0) - parts.fraction.count)
    if unit.base == 2 { amount = amount.shifted(bits: unit.exponent) }
    amount = amount.rounded(toPlace: -9)
    var format = unit.format
    if format == .binarySI {
      if amount > Decimal(.max) { amount = Decimal(.max) }
      if !amount.isZero, amount < Decimal(1) { format = .decimalSI }
    }
    return Quantity(parts.negative ? -amount : amount, format: format)
  }

  /// The pieces of a quantity's text; digits as values 0...9.
  private struct Parts {
    var negative = false
    var whole: [UInt8] = []
    var fraction: [UInt8] = []
    var suffix: Substring.UTF8View

    /// Scans like `parseQuantityString`: no letter is needed after the sign, `+` alone is zero.
    init(_ source: String) throws(QuantityError) {
      let text = source.utf8
      var at = text.startIndex
      let end = text.endIndex
      if at < end, text[at] == UInt8(ascii: "-") || text[at] == UInt8(ascii: "+") {
        negative = text[at] == UInt8(ascii: "-")
        at = text.index(after: at)
      }
      func digits() -> [UInt8] {
        let start = at
        while at < end, isDigit(text[at]) { at = text.index(after: at) }
        return text[start..<at].map { $0 - UInt8(ascii: "0") }
      }
      whole = Array(digits().drop { $0 == 0 })
      if whole.isEmpty { whole = [0] }
      if at < end, text[at] == UInt8(ascii: ".") {
        at = text.index(after: at)
        fraction = digits()
      }
      let start = at
      while at < end, Quantity.suffixLetters.contains(text[at]) { at = text.index(after: at) }
      if at < end, text[at] == UInt8(ascii: "-") || text[at] == UInt8(ascii: "+") {
        at = text.index(after: at)
      }
      _ = digits()
      if at < end { throw .format }
      suffix = source[start..<end].utf8
    }
  }

  private static let suffixLetters = Array("eEinumkKMGTP".utf8)

  private static func interpret(
    _ suffix: Substring.UTF8View
  ) -> (base: Int, exponent: Int, format: Format)? {
    let text = String(Substring(suffix))
    if let index = decimalSuffixes.firstIndex(of: text) { return (10, index * 3 - 9, .decimalSI) }
    if let index = binarySuffixes.firstIndex(of: text) { return (2, index * 10, .binarySI) }
    guard suffix.count > 1, let first = suffix.first,
      first == UInt8(ascii: "e") || first == UInt8(ascii: "E"),
      let exponent = Int64(text.dropFirst())
    else { return nil }
    // Kubernetes converts without a check; whatever is cut off there is cut off here.
    return (10, Int(Int32(truncatingIfNeeded: exponent)), .decimalExponent)
  }
}

func isDigit(_ byte: UInt8) -> Bool { byte >= UInt8(ascii: "0") && byte <= UInt8(ascii: "9") }

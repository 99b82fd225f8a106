/// Numbers as Go's `strconv.FormatFloat` writes them.
enum FloatText {
  enum Style { case plain, exponent, general }

  /// - Parameter precision: digits behind the point, or digits at all in the general style; nil for
  ///   as few as tell the number from all others.
  static func text(_ value: Double, _ style: Style, precision: Int?) -> String {
    if value.isNaN { return "NaN" }
    if value.isInfinite { return value < 0 ? "-Inf" : "+Inf" }
    let magnitude = value.magnitude
    var number =
      precision == nil
      ? DecimalDigits(shortest: magnitude) : DecimalDigits(exactly: magnitude)
    let sign = value.sign == .minus ? "-" : ""
    switch style {
    case .plain:
      if let precision { number.round(to: number.point + precision) }
      return sign + plain(number, precision ?? max(number.digits.count - number.point, 0))
    case .exponent:
      if let precision { number.round(to: precision + 1) }
      return sign + exponent(number, precision ?? max(number.digits.count - 1, 0))
    case .general:
      let most = precision.map { max($0, 1) }
      if let most { number.round(to: most) }
      return sign + general(number, most)
    }
  }

  private static func general(_ number: DecimalDigits, _ precision: Int?) -> String {
    let count = number.digits.count
    let magnitude = number.digits.isEmpty ? 0 : number.point - 1
    return magnitude < -4 || magnitude >= precision ?? 6
      ? exponent(number, max(count - 1, 0)) : plain(number, max(count - number.point, 0))
  }

  private static func plain(_ number: DecimalDigits, _ precision: Int) -> String {
    var text = number.point > 0 ? digits(number, 0..<number.point) : "0"
    if precision > 0 { text += "." + digits(number, number.point..<(number.point + precision)) }
    return text
  }

  private static func exponent(_ number: DecimalDigits, _ precision: Int) -> String {
    var text = digits(number, 0..<1)
    if precision > 0 { text += "." + digits(number, 1..<(1 + precision)) }
    let exponent = number.digits.isEmpty ? 0 : number.point - 1
    let size = String(exponent.magnitude)
    return text + (exponent < 0 ? "e-" : "e+") + (size.utf8.count < 2 ? "0" : "") + size
  }

  /// Digits by place, zero where the number has none.
  private static func digits(_ number: DecimalDigits, _ places: Range<Int>) -> String {
    String(
      decoding: places.map { place in
        number.digits.indices.contains(place) ? number.digits[place] + 0x30 : 0x30
      }, as: UTF8.self)
  }
}

extension Quantity {
  /// From 10^-9 in steps of 10^3.
  static let decimalSuffixes = ["n", "u", "m", "", "k", "M", "G", "T", "P", "E"]
  /// From 2^0 in steps of 2^10. The first one is never parsed: the empty suffix is decimal.
  static let binarySuffixes = ["", "Ki", "Mi", "Gi", "Ti", "Pi", "Ei"]

  /// More zeros than this are written as an exponent, whatever the format.
  private static let zerosMax = 1000

  /// The text of this quantity (`Quantity.String`): its source where kept, else the canonical form.
  public var string: String { text.isEmpty ? canonical : text }

  /// The normal form (`CanonicalizeBytes`): no fraction, the largest suffix that keeps an integer.
  ///
  /// A binary amount that is not whole, or below 1024, is written in decimal. Beyond the suffix `E`
  /// Kubernetes drops the suffix and so changes the value; here the digits stay.
  public var canonical: String {
    if isZero { return "0" }
    if format == .binarySI, let text = canonicalBinary { return text }
    return canonicalDecimal
  }

  private var canonicalBinary: String? {
    guard var amount = decimal.wholeNumber else { return nil }
    if amount > -1024, amount < 1024 { return nil }
    var index = 0
    while index + 1 < Quantity.binarySuffixes.count, amount % 1024 == 0 {
      amount /= 1024
      index += 1
    }
    return String(amount) + Quantity.binarySuffixes[index]
  }

  private var canonicalDecimal: String {
    var exponent = decimal.exponent
    var zeros = ((exponent % 3) + 3) % 3
    exponent -= zeros
    if format != .decimalExponent, exponent > 18, exponent - 18 <= Quantity.zerosMax {
      zeros += exponent - 18
      exponent = 18
    }
    var digits = decimal.magnitudeDigits.map { $0 + UInt8(ascii: "0") }
    digits += [UInt8](repeating: UInt8(ascii: "0"), count: zeros)
    let number = (decimal.isNegative ? "-" : "") + String(decoding: digits, as: UTF8.self)
    if format != .decimalExponent, exponent >= -9, exponent <= 18 {
      return number + Quantity.decimalSuffixes[exponent / 3 + 3]
    }
    return exponent == 0 ? number : number + "e\(exponent)"
  }
}

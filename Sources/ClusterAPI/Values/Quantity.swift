/// Why a text is not a quantity.
public enum QuantityError: Error, Hashable, Sendable {
  /// Not a number followed by a suffix, or empty.
  case format
  /// The letters after the number are no suffix of Kubernetes (`1K`, `1MB`).
  case suffix
}

/// An exact decimal amount of a resource, as Kubernetes writes it (`100m`, `1.5Gi`, `12e6`).
///
/// Models `resource.Quantity`: what a text means, how it is rounded (away from zero, at nano units),
/// capped (binary suffixes at 2^63-1) and written again. Any size is held exactly, `1e999` too, and
/// no operation's work grows with the *value* of an exponent, only with the digits given.
/// Equality and order are those of the value: `1Gi` equals `1024Mi`.
public struct Quantity: Sendable {
  /// The family of suffixes in which an amount is written.
  public enum Format: String, Hashable, Sendable {
    case decimalSI = "DecimalSI"
    case binarySI = "BinarySI"
    case decimalExponent = "DecimalExponent"
  }

  /// The amount is `decimal`; normal form, so equal amounts have equal fields.
  var decimal: Decimal
  public var format: Format
  /// The source text where Kubernetes keeps it, else empty.
  var text: String

  init(_ decimal: Decimal, format: Format, text: String = "") {
    self.decimal = decimal
    self.format = format
    self.text = text
  }

  /// A whole number of base units (`resource.NewQuantity`).
  public init(_ units: Int64, format: Format = .decimalSI) {
    self.init(Decimal(units), format: format)
  }

  /// Thousandths of the base unit (`resource.NewMilliQuantity`).
  public init(milli: Int64, format: Format = .decimalSI) {
    self.init(Decimal(milli, exponent: -3), format: format)
  }

  public static let zero = Quantity(0)

  public var isZero: Bool { decimal.isZero }
  /// -1, 0 or 1.
  public var sign: Int { decimal.sign }

  /// Whole base units, rounded away from zero (`Quantity.Value`); saturates at 64 bits.
  public var value: Int64 { decimal.scaled(0) }
  /// Thousandths of the base unit, rounded away from zero (`MilliValue`); saturates at 64 bits.
  public var milliValue: Int64 { decimal.scaled(-3) }

  /// The nearest floating-point number or one of its neighbours; infinite beyond their range.
  public var approximateValue: Double { decimal.approximateValue }

  /// All decimal digits in base units, without exponent or trailing zeros of a fraction.
  ///
  /// - Complexity: grows with the exponent: for display of amounts of sane size.
  public var plainDecimal: String { decimal.plain }
}

extension Quantity: Comparable, Hashable {
  public static func == (a: Quantity, b: Quantity) -> Bool { a.decimal == b.decimal }
  public static func < (a: Quantity, b: Quantity) -> Bool { a.decimal < b.decimal }
  public func hash(into hasher: inout Hasher) { hasher.combine(decimal) }
}

extension Quantity {
  /// The sum (`Quantity.Add`): keeps this quantity's format unless it is zero.
  public mutating func add(_ other: Quantity) {
    if isZero { format = other.format }
    decimal = decimal + other.decimal
    text = ""
  }

  /// The difference (`Quantity.Sub`): keeps this quantity's format unless it is zero.
  public mutating func subtract(_ other: Quantity) {
    if isZero { format = other.format }
    decimal = decimal + (-other.decimal)
    text = ""
  }

  public static func + (a: Quantity, b: Quantity) -> Quantity {
    var sum = a
    sum.add(b)
    return sum
  }

  public static func - (a: Quantity, b: Quantity) -> Quantity {
    var difference = a
    difference.subtract(b)
    return difference
  }

  public static prefix func - (a: Quantity) -> Quantity { Quantity(-a.decimal, format: a.format) }
}

extension Quantity: CustomStringConvertible {
  public var description: String { string }
}

/// A value that one word of a command line can express.
public protocol ExpressibleByArgument: SendableMetatype {
  /// Reads a word; nil where it is not such a value.
  init?(argument: String)

  /// The value as the help page shows it as a default.
  var defaultValueDescription: String { get }

  /// All values, where they can be listed; the help page and messages list them.
  static var allValueStrings: [String] { get }

  /// What is wanted, as messages say it: `a whole number`; empty where the values are listed.
  static var wantedValue: String { get }
}

extension ExpressibleByArgument {
  public var defaultValueDescription: String { "\(self)" }
  public static var allValueStrings: [String] { [] }
  public static var wantedValue: String { "" }
}

extension ExpressibleByArgument where Self: BinaryInteger {
  public static var wantedValue: String { "a whole number" }
}

extension ExpressibleByArgument where Self: FixedWidthInteger & UnsignedInteger {
  public static var wantedValue: String { "a whole number of at least 0" }
}

extension ExpressibleByArgument where Self: CaseIterable {
  public static var allValueStrings: [String] { allCases.map(\.defaultValueDescription) }
}

extension ExpressibleByArgument where Self: RawRepresentable, RawValue: ExpressibleByArgument {
  public init?(argument: String) {
    guard let raw = RawValue(argument: argument) else { return nil }
    self.init(rawValue: raw)
  }

  public var defaultValueDescription: String { rawValue.defaultValueDescription }
}

extension ExpressibleByArgument
where Self: CaseIterable & RawRepresentable, RawValue: ExpressibleByArgument {
  public static var allValueStrings: [String] {
    allCases.map { $0.rawValue.defaultValueDescription }
  }
}

extension ExpressibleByArgument where Self: LosslessStringConvertible {
  public init?(argument: String) { self.init(argument) }
}

extension String: ExpressibleByArgument {}
extension Bool: ExpressibleByArgument {
  public static var allValueStrings: [String] { ["true", "false"] }
}
extension Double: ExpressibleByArgument {
  public static var wantedValue: String { "a number" }
}
extension Int: ExpressibleByArgument {}
extension Int32: ExpressibleByArgument {}
extension Int64: ExpressibleByArgument {}
extension UInt: ExpressibleByArgument {}
extension UInt32: ExpressibleByArgument {}
extension UInt64: ExpressibleByArgument {}

/// A bound on a measured value, such as `< 0.01`.
public struct NumberBound: Codable, Hashable, Sendable {
  public enum Comparison: String, Codable, Hashable, Sendable, CaseIterable {
    // The longer ones first: what is read is the first that fits.
    case atMost = "<="
    case atLeast = ">="
    case equal = "=="
    case notEqual = "!="
    case below = "<"
    case above = ">"
  }

  public var comparison: Comparison
  public var value: Double

  public init(_ comparison: Comparison, _ value: Double) {
    (self.comparison, self.value) = (comparison, value)
  }

  /// nil: not a comparison and a number.
  public init?(text: String) {
    let words = text.drop { $0 == " " }
    guard let comparison = Comparison.allCases.first(where: { words.hasPrefix($0.rawValue) }),
      let value = Double(words.dropFirst(comparison.rawValue.count).filter { $0 != " " })
    else { return nil }
    self.init(comparison, value)
  }

  public func holds(_ number: Double) -> Bool {
    switch comparison {
    case .atMost: number <= value
    case .atLeast: number >= value
    case .equal: number == value
    case .notEqual: number != value
    case .below: number < value
    case .above: number > value
    }
  }

  public var words: String { "\(comparison.rawValue) \(NumberBound.text(value))" }

  /// A number as it is shown: whole ones without a fraction.
  public static func text(_ value: Double) -> String {
    value == value.rounded() && abs(value) < 1e15 ? String(Int64(value)) : String(value)
  }
}

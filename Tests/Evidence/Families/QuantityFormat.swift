import ClusterAPI

/// `resource.NewQuantity` and `NewMilliQuantity`: number to text.
enum QuantityFormat: Family {
  static let name = "quantity_format"
  static let relativeError = 1e-12

  static func answer(to input: JSON) throws -> JSON {
    let number = try input.int("number")
    guard let format = Quantity.Format(rawValue: try input.string("format")) else {
      throw EvidenceError("unknown format")
    }
    switch try input.string("unit") {
    case "one": return QuantityParse.json(Quantity(number, format: format))
    case "milli": return QuantityParse.json(Quantity(milli: number, format: format))
    case let unit: throw EvidenceError("unknown unit \(unit)")
    }
  }

  static func differences(input: JSON, expected: JSON, actual: JSON) throws -> [Difference] {
    QuantityParse.withoutUnrecorded(
      Difference.between(expected, actual, relativeError: relativeError))
  }
}

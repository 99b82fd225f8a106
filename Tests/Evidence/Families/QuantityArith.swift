import ClusterAPI

/// `Quantity.Cmp`, `Equal`, `Add`, `Sub`.
enum QuantityArith: Family {
  static let name = "quantity_arith"
  static let relativeError = 1e-12

  static func answer(to input: JSON) throws -> JSON {
    let a = try Quantity(parsing: input.string("a"))
    let b = try Quantity(parsing: input.string("b"))
    return [
      "cmp": .int(a < b ? -1 : b < a ? 1 : 0), "equal": .bool(a == b),
      "sum": QuantityParse.json(a + b), "difference": QuantityParse.json(a - b),
    ]
  }

  static func differences(input: JSON, expected: JSON, actual: JSON) throws -> [Difference] {
    QuantityParse.withoutUnrecorded(
      Difference.between(expected, actual, relativeError: relativeError))
  }
}

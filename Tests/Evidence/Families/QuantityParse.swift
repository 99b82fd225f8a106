import ClusterAPI

/// `resource.ParseQuantity`: text to amount.
enum QuantityParse: Family {
  static let name = "quantity_parse"
  static let relativeError = 1e-12

  static func answer(to input: JSON) throws -> JSON {
    do {
      return json(try Quantity(parsing: input.string("s")))
    } catch let error as QuantityError {
      return ["error": .string("\(error)")]
    }
  }

  static func differences(input: JSON, expected: JSON, actual: JSON) throws -> [Difference] {
    withoutUnrecorded(Difference.between(expected, actual, relativeError: relativeError))
  }

  static func json(_ quantity: Quantity) -> JSON {
    let approximate = quantity.approximateValue
    return [
      "value": .string(quantity.plainDecimal), "string": .string(quantity.string),
      "canonical": .string(quantity.canonical), "format": .string(quantity.format.rawValue),
      "intValue": .int(quantity.value), "milliValue": .int(quantity.milliValue),
      "sign": .int(Int64(quantity.sign)),
      "approxFloat": approximate.isFinite ? .double(approximate) : .null,
    ]
  }

  /// Drops the two members that are left out of a case where Go's answer overflows or is disputed.
  static func withoutUnrecorded(_ differences: [Difference]) -> [Difference] {
    differences.filter {
      $0.expected != nil || !($0.path.hasSuffix("intValue") || $0.path.hasSuffix("milliValue"))
    }
  }
}

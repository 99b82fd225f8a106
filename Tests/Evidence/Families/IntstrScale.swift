import ClusterAPI

/// `intstr.GetScaledValueFromIntOrPercent`.
enum IntstrScale: Family {
  static let name = "intstr_scale"

  static func answer(to input: JSON) throws -> JSON {
    guard let source = input["value"] else { return ["error": "nil value"] }
    let value = try intOrString(source)
    do {
      return [
        "result": .int(
          try value.scaled(total: input.int("total"), roundUp: input.bool("roundUp")))
      ]
    } catch let error as IntOrString.ScaleError {
      return ["error": .string("\(error)")]
    }
  }

  /// A JSON integer or a JSON string.
  static func intOrString(_ json: JSON) throws -> IntOrString {
    switch json {
    case .int(let value): return .int(value)
    case .string(let text): return .string(text)
    default: throw EvidenceError("neither an integer nor a string: \(json)")
    }
  }
}

import PromQL

/// A function that is called with values.
struct ConditionCall {
  let function: ConditionFunction
  let node: ConditionNode
  /// What `default` and `isNil` look at, whatever they are given.
  let result: ConditionValue

  func value(_ arguments: [ConditionValue]) throws(ConditionError) -> ConditionValue {
    let first = arguments[0]
    switch function {
    case .len:
      switch first {
      case .list(let values): return .integer(Int64(values.count))
      case .text(let text): return .integer(Int64(text.unicodeScalars.count))
      default: throw wrong(first)
      }
    case .abs:
      switch first {
      case .integer(let value): return .integer(value < 0 ? 0 &- value : value)
      case .number(let value): return .number(value < 0 ? -value : value)
      default: throw wrong(first)
      }
    case .ceil: return try .number(number(first).rounded(.up))
    case .floor: return try .number(number(first).rounded(.down))
    case .round: return try .number(number(first).rounded(.toNearestOrAwayFromZero))
    case .int, .asInt:
      switch first {
      case .integer: return first
      case .number(let value): return .integer(ConditionCall.integer(value))
      case .text(let text):
        guard let value = Int64(text) else { throw failure("`\(text)` is no whole number") }
        return .integer(value)
      default: throw wrong(first)
      }
    case .float, .asFloat:
      if case .text(let text) = first {
        guard let value = PromQL.float(from: text), value.isFinite || !text.hasDigits else {
          throw failure("`\(text)` is no number, or too large")
        }
        return .number(value)
      }
      return .number(try number(first))
    case .string: return .text(first.written)
    case .first, .last:
      guard case .list(let values) = first else { throw wrong(first) }
      return (function == .first ? values.first : values.last) ?? .absent
    case .min: return try extreme(arguments) { $0.holds(.greater, $1) ?? false } ?? .absent
    case .max: return try extreme(arguments) { $0.holds(.less, $1) ?? false } ?? .absent
    case .mean:
      let (sum, count) = try total(arguments)
      return .number(count == 0 ? 0 : sum / Double(count))
    case .isNaN: return .boolean(try floating(first).isNaN)
    case .isInf: return .boolean(try floating(first).isInfinite)
    // Prometheus always answers something.
    case .isNil: return .boolean(false)
    case .default: return result
    }
  }

  /// As Go converts on amd64, where what does not fit is the least number.
  static func integer(_ value: Double) -> Int64 {
    Int64(exactly: value.rounded(.towardZero)) ?? .min
  }

  private func failure(_ message: String) -> ConditionError {
    ConditionError(message, at: node.offset)
  }

  private func wrong(_ value: ConditionValue) -> ConditionError {
    failure("\(function.rawValue) cannot take \(value.kind)")
  }

  private func number(_ value: ConditionValue) throws(ConditionError) -> Double {
    guard let number = value.double else { throw wrong(value) }
    return number
  }

  /// Whole numbers are of another type.
  private func floating(_ value: ConditionValue) throws(ConditionError) -> Double {
    if case .integer = value {
      throw failure("\(function.rawValue) cannot take a whole number: write `float(...)` around it")
    }
    return try number(value)
  }

  /// Lists count as their elements; the first of two equal ones stays.
  private func extreme(
    _ values: [ConditionValue], _ isReplaced: (ConditionValue, ConditionValue) -> Bool
  ) throws(ConditionError) -> ConditionValue? {
    var best: ConditionValue?
    for value in values {
      var candidate: ConditionValue? = value
      if case .list(let inner) = value {
        candidate = try extreme(inner, isReplaced)
      } else if value.double == nil {
        throw wrong(value)
      }
      guard let candidate else { continue }
      if best.map({ isReplaced($0, candidate) }) ?? true { best = candidate }
    }
    return best
  }

  private func total(
    _ values: [ConditionValue]
  ) throws(ConditionError) -> (sum: Double, count: Int) {
    var (sum, count) = (0.0, 0)
    for value in values {
      if case .list(let inner) = value {
        let part = try total(inner)
        (sum, count) = (sum + part.sum, count + part.count)
      } else {
        (sum, count) = (sum + (try number(value)), count + 1)
      }
    }
    return (sum, count)
  }
}

extension String {
  fileprivate var hasDigits: Bool { utf8.contains { $0 >= 0x30 && $0 <= 0x39 } }
}

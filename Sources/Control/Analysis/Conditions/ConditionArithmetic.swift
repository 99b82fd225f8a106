import PromQL

enum ConditionArithmetic: String, Sendable {
  case add = "+"
  case subtract = "-"
  case multiply = "*"
  case divide = "/"
  case remainder = "%"
  case power = "**"

  /// Whole numbers wrap around as Go's do, and are divided as floating-point ones.
  ///
  /// - Returns: nil where the types do not fit, and for a remainder of zero.
  func value(_ a: ConditionValue, _ b: ConditionValue) -> ConditionValue? {
    switch (self, a, b) {
    case (.add, .text(let a), .text(let b)): return .text(a + b)
    case (.add, .integer(let a), .integer(let b)): return .integer(a &+ b)
    case (.subtract, .integer(let a), .integer(let b)): return .integer(a &- b)
    case (.multiply, .integer(let a), .integer(let b)): return .integer(a &* b)
    case (.remainder, .integer(let a), .integer(let b)):
      return b == 0 ? nil : .integer(a.remainderReportingOverflow(dividingBy: b).partialValue)
    case (.remainder, _, _): return nil
    default: break
    }
    guard let a = a.double, let b = b.double else { return nil }
    switch self {
    case .add: return .number(a + b)
    case .subtract: return .number(a - b)
    case .multiply: return .number(a * b)
    case .divide: return .number(a / b)
    case .power: return .number(raised(a, to: b))
    case .remainder: return nil
    }
  }
}

import ClusterAPI
import PromQL

/// A value of a condition: the Go types that it can have.
enum ConditionValue: Sendable {
  case absent
  case boolean(Bool)
  case integer(Int64)
  case number(Double)
  case text(String)
  case list([ConditionValue])

  init(_ result: MeasuredResult) {
    switch result {
    case .scalar(let value): self = .number(value)
    case .vector(let values): self = .list(values.map { .number($0) })
    }
  }

  /// With an article, for messages.
  var kind: String {
    switch self {
    case .absent: "nil"
    case .boolean: "a truth value"
    case .integer, .number: "a number"
    case .text: "a text"
    case .list: "a list"
    }
  }

  /// As Go's `%T` has it.
  var typeName: String {
    switch self {
    case .absent: "<nil>"
    case .boolean: "bool"
    case .integer: "int"
    case .number: "float64"
    case .text: "string"
    case .list: "[]float64"
    }
  }

  /// As a floating-point number; nil of what is no number.
  var double: Double? {
    switch self {
    case .integer(let value): Double(value)
    case .number(let value): value
    case .absent, .boolean, .text, .list: nil
    }
  }

  /// Numbers are equal by value, whatever their types; all else only to its own kind.
  func isEqual(to other: ConditionValue) -> Bool {
    switch (self, other) {
    case (.integer(let a), .integer(let b)): return a == b
    case (.absent, .absent): return true
    case (.boolean(let a), .boolean(let b)): return a == b
    case (.text(let a), .text(let b)): return a.utf8.elementsEqual(b.utf8)
    case (.list(let a), .list(let b)):
      return a.count == b.count && zip(a, b).allSatisfy { $0.isEqual(to: $1) }
    default:
      guard let a = double, let b = other.double else { return false }
      return a == b
    }
  }

  /// nil where the two have no order.
  func holds(_ order: ConditionOrder, _ other: ConditionValue) -> Bool? {
    func compared<T: Comparable>(_ a: T, _ b: T) -> Bool {
      switch order {
      case .less: a < b
      case .greater: a > b
      case .lessOrEqual: a <= b
      case .greaterOrEqual: a >= b
      }
    }
    switch (self, other) {
    case (.integer(let a), .integer(let b)): return compared(a, b)
    case (.text(let a), .text(let b)):
      let (a, b) = (Array(a.utf8), Array(b.utf8))
      let sign = a.lexicographicallyPrecedes(b) ? -1 : a == b ? 0 : 1
      return compared(sign, 0)
    default:
      guard let a = double, let b = other.double else { return nil }
      return compared(a, b)
    }
  }

  /// As Go's `%v` writes it.
  var written: String {
    switch self {
    case .absent: "<nil>"
    case .boolean(let value): String(value)
    case .integer(let value): String(value)
    case .number(let value): shortText(value)
    case .text(let text): text
    case .list(let values): "[" + values.map(\.written).joined(separator: " ") + "]"
    }
  }
}

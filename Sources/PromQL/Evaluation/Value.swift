/// What a part of a query evaluates to, at all steps of a grid.
enum Value {
  /// A number per step.
  case scalar([Double])
  case vector(Vector)
  case string(StringLiteral)

  func repeated(_ count: Int) -> Value {
    switch self {
    case .scalar(let numbers): .scalar(Array(repeating: numbers[0], count: count))
    case .vector(let vector): .vector(vector.repeated(count))
    case .string: self
    }
  }
}

/// Prometheus' answer to an instant query.
public enum MeasuredResult: Hashable, Sendable {
  case scalar(Double)
  /// The values of the elements, in their order; empty: no data.
  case vector([Double])

  /// The number, or the value of the first element; nil: no data.
  public var first: Double? {
    switch self {
    case .scalar(let number): number
    case .vector(let numbers): numbers.first
    }
  }

  /// The number, or the value of the last element; nil: no data.
  public var last: Double? {
    switch self {
    case .scalar(let number): number
    case .vector(let numbers): numbers.last
    }
  }
}

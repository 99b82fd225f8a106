/// Prometheus' answer to an instant query, without the labels.
public enum MeasuredResult: Hashable, Sendable {
  case scalar(Double)
  /// The values of the elements, in their order.
  case vector([Double])
}

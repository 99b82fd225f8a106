public import Units

/// How bad the requests to a service may be at most; guards and expectations set the same limits.
public enum ObjectiveLimit: Hashable, Sendable {
  /// Failed requests of all.
  case errorRatio(Ratio)
  /// A quantile of the duration.
  case latency(quantile: Ratio, Span)
}

public import Units

/// How long something takes: a distribution over spans, sampled by inverse CDF from one uniform number.
///
/// Larger uniform numbers never give shorter spans, so common draws compare two distributions.
public enum Distribution: Equatable, Sendable {
  /// Always the same.
  case constant(Span)
  case exponential(mean: Span)
  /// `exp` of a normal variate, in nanoseconds. See `lognormal(median:p99:)`.
  case lognormal(mu: Double, sigma: Double)
  /// Evenly over `low..<high`.
  case uniform(low: Span, high: Span)

  /// The lognormal distribution with the given median and 99th percentile.
  ///
  /// Traps unless 0 < `median` <= `p99`.
  public static func lognormal(median: Span, p99: Span) -> Distribution {
    precondition(median > .zero && p99 >= median, "lognormal: not 0 < median <= p99")
    let mu = Math.log(Double(median.ns))
    return .lognormal(mu: mu, sigma: (Math.log(Double(p99.ns)) - mu) / 2.3263478740408411)
  }

  /// The span below which a share `u` of all samples lies.
  ///
  /// - Parameter u: in (0, 1), as from `RandomStream.uniformOpen()`.
  @inlinable
  public func sample(uniform u: Double) -> Span {
    switch self {
    case .constant(let span): span
    case .exponential(let mean): Distribution.rounded(-Double(mean.ns) * Math.log(1 - u))
    case .lognormal(let mu, let sigma):
      Distribution.rounded(Math.exp(mu + sigma * Math.normalInverse(u)))
    case .uniform(let low, let high):
      low + Span(ns: Int64(u * Double(high.ns - low.ns)))
    }
  }

  /// One sample from the stream; always one draw, also for a constant.
  @inlinable
  public func sample(_ stream: inout RandomStream) -> Span {
    sample(uniform: stream.uniformOpen())
  }

  /// Expected span, for comparison with queueing theory.
  public var mean: Span {
    switch self {
    case .constant(let span): span
    case .exponential(let mean): mean
    case .lognormal(let mu, let sigma): Distribution.rounded(Math.exp(mu + sigma * sigma / 2))
    case .uniform(let low, let high): low + (high - low) / 2
    }
  }

  /// To the nearest nanosecond, halves up; saturates at 2^62 ns.
  @inlinable @inline(__always)
  static func rounded(_ ns: Double) -> Span {
    Span(ns: ns < 0x1p62 ? Int64(ns + 0.5) : 1 &<< 62)
  }
}

public import Units

/// A stream of random numbers named by (seed, purpose, cause): SplitMix64, eight bytes.
///
/// One stream for each cause (a pod's start, a request's attempt), named by what it is and never by
/// allocation order: an entity more, or a draw more elsewhere, shifts no other stream. Every variate
/// takes exactly one draw, by inverse CDF. Nothing here depends on Swift's own generators, whose
/// algorithms are not promised.
@frozen
public struct RandomStream: Equatable, Sendable {
  public var state: UInt64

  /// - Parameters:
  ///   - purpose: what is drawn (start-up time, service time); a constant of the caller.
  ///   - cause: for whom, see `CauseHash`.
  @inlinable @inline(__always)
  public init(seed: UInt64, purpose: UInt64, cause: UInt64) {
    state = streamState(seed: seed, purpose: purpose, cause: cause)
  }

  /// Goes on from a stored `state`.
  @inlinable @inline(__always)
  public init(state: UInt64) { self.state = state }

  @inlinable @inline(__always)
  public mutating func next() -> UInt64 {
    state &+= 0x9e37_79b9_7f4a_7c15
    return mix64(state)
  }

  /// One of the 2^53 evenly spaced numbers in [0, 1).
  @inlinable @inline(__always)
  public mutating func uniform() -> Double { Double(next() &>> 11) * 0x1p-53 }

  /// One of the 2^52 evenly spaced numbers in (0, 1), symmetric about a half: for inverse CDFs.
  @inlinable @inline(__always)
  public mutating func uniformOpen() -> Double { RandomStream.uniformOpen(next()) }

  /// The number in (0, 1) that a draw stands for.
  @inlinable @inline(__always)
  public static func uniformOpen(_ draw: UInt64) -> Double {
    Double(draw &>> 11 | 1) * 0x1p-53
  }

  /// A number in 0..<n by multiply-high; uneven by n / 2^64 at most. 0 when `n` is 0.
  @inlinable @inline(__always)
  public mutating func bounded(_ n: UInt64) -> UInt64 { next().multipliedFullWidth(by: n).high }

  /// True with the given probability, exact to the part per million.
  @inlinable @inline(__always)
  public mutating func bernoulli(_ probability: Ratio) -> Bool {
    Int64(bounded(1_000_000)) < probability.ppm
  }

  /// An exponentially distributed span, rounded to the nanosecond.
  @inlinable
  public mutating func exponential(mean: Span) -> Span {
    Distribution.exponential(mean: mean).sample(uniform: uniformOpen())
  }

  /// A standard normal variate.
  @inlinable
  public mutating func normal() -> Double { Math.normalInverse(uniformOpen()) }

  /// `exp` of a normal variate of mean `mu` and standard deviation `sigma`.
  @inlinable
  public mutating func lognormal(mu: Double, sigma: Double) -> Double {
    Math.exp(mu + sigma * normal())
  }
}

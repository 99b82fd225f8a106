public import Units

/// Log-spaced latency buckets with integer bounds: sixteen to each doubling, 3 to 6 % wide.
///
/// As in HdrHistogram: the highest bit and the four after it. Bucket 0 is below 1.024 us, the last
/// one from 2^40 ns (18 minutes) on.
public enum LatencyBuckets {
  /// Number of buckets.
  public static var count: Int { 482 }

  @inline(__always)
  public static func index(_ latency: Span) -> Int {
    let ns = latency.ns
    if ns < 1 << 10 { return 0 }
    if ns >= 1 << 40 { return 481 }
    let exponent = 63 - ns.leadingZeroBitCount
    return 1 + (exponent - 10) * 16 + Int(truncatingIfNeeded: ns &>> Int64(exponent - 4)) & 15
  }

  /// Lowest latency in a bucket; that of `count` is where the last one is taken to end.
  public static func lowerBound(_ index: Int) -> Span {
    if index == 0 { return .zero }
    if index == count { return Span(ns: 1 << 41) }
    let exponent = 10 + (index - 1) / 16
    return Span(ns: Int64(16 + (index - 1) % 16) << Int64(exponent - 4))
  }
}

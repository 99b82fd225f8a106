public import Units

extension Tally {
  /// The sum of several intervals.
  public init(sum tallies: some Sequence<Tally>) {
    self.init()
    var dense = [UInt32](repeating: 0, count: LatencyBuckets.count)
    for tally in tallies { add(tally, dense: &dense) }
    latencies = Counters.occupied(dense)
  }

  /// Adds the counts by outcome; latencies stay as they are.
  public static func += (sum: inout Tally, other: Tally) {
    var none = [UInt32](repeating: 0, count: LatencyBuckets.count)
    sum.add(other, dense: &none)
  }

  /// Answered requests that took longer, to the resolution of a bucket.
  public func slower(than bound: Span) -> Int64 {
    var count: Int64 = 0
    for entry in latencies where LatencyBuckets.lowerBound(Int(entry.bucket)) >= bound {
      count += Int64(entry.count)
    }
    return max(0, count - timeout)
  }
}

import Kernel
public import Units

// What the counters answer.
extension Traffic {
  /// All that ended for a load in the intervals that begin in `from..<to`, as its clients saw it.
  public func tally(_ load: LoadID, from: Instant, to: Instant) -> Tally {
    counters[loads[load.index].counters].window(from: from, to: to, buckets)
  }

  /// The same over several loads.
  public func tally(_ several: [LoadID], from: Instant, to: Instant) -> Tally {
    if several.count == 1 { return tally(several[0], from: from, to: to) }
    var sum = Tally()
    var dense = [UInt32](repeating: 0, count: LatencyBuckets.count)
    for load in several { sum.add(tally(load, from: from, to: to), dense: &dense) }
    sum.latencies = Counters.occupied(dense)
    return sum
  }

  /// The same by single attempts at pods of one revision; empty when it has none.
  public func tally(
    _ load: LoadID, revision: UInt32, from: Instant, to: Instant
  ) -> Tally {
    guard let row = row(load, revision) else { return Tally() }
    return counters[row].window(from: from, to: to, buckets)
  }

  /// The row of a revision's counters under a load.
  func row(_ load: LoadID, _ revision: UInt32) -> Int? {
    guard let group = groups.firstIndex(of: revision),
      group < loads[load.index].revisions.count, loads[load.index].revisions[group] >= 0
    else { return nil }
    return Int(loads[load.index].revisions[group])
  }

  /// The load's intervals from the first instant on, the running one last.
  public func series(_ load: LoadID) -> [Tally] {
    counters[loads[load.index].counters].series(buckets)
  }

  /// The same by single attempts at pods of one revision; empty when it has none.
  public func series(_ load: LoadID, revision: UInt32) -> [Tally] {
    guard let row = row(load, revision) else { return [] }
    return counters[row].series(buckets)
  }

  /// Share of failed requests; nil when none ended.
  public func errorRatio(_ load: LoadID, from: Instant, to: Instant) -> Ratio? {
    tally(load, from: from, to: to).errorRatio
  }

  /// The latency below which a share `q` lies; nil without data.
  public func latencyQuantile(
    _ load: LoadID, _ q: Ratio, from: Instant, to: Instant
  ) -> Span? {
    tally(load, from: from, to: to).latencyQuantile(q)
  }

  /// Requests expected by the load's curve in `from..<to`, at its present factor.
  public func expectedRequests(_ load: LoadID, from: Instant, to: Instant) -> Double {
    loads[load.index].arrivals.integral(from: from.ns, to: to.ns)
  }

  /// Number of the request that arrives next.
  public func nextRequest(_ load: LoadID) -> UInt64 { loads[load.index].number }
}

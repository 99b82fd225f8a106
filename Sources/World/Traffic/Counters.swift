import Kernel
public import Units

/// What ended in one interval, or in a window of several.
public struct Tally: Equatable, Sendable {
  /// Requests (in a revision's counters: attempts) by outcome.
  public var ok: Int64 = 0
  /// Nanoseconds, over all that `latencies` counts.
  public var latencySum: Int64 = 0
  /// Requests that reached a gateway for the first time.
  public var arrived: Int64 = 0
  public var serverError: Int64 = 0
  public var refused: Int64 = 0
  public var reset: Int64 = 0
  public var overflow: Int64 = 0
  public var noEndpoints: Int64 = 0
  public var timeout: Int64 = 0
  /// Failed attempts after which the client tries again; not among the failed.
  public var retried: Int64 = 0
  /// Occupied buckets of `LatencyBuckets`, ascending: latencies of the ok and of the timed-out.
  public var latencies: [BucketCount] = []

  public struct BucketCount: Equatable, Sendable {
    public var bucket: UInt16
    public var count: UInt32
  }

  public init() {}

  @inline(__always)
  mutating func count(_ outcome: RequestOutcome) {
    switch outcome {
    case .ok: ok += 1
    case .serverError: serverError += 1
    case .refused: refused += 1
    case .reset: reset += 1
    case .overflow: overflow += 1
    case .noEndpoints: noEndpoints += 1
    case .timeout: timeout += 1
    }
  }

  public subscript(outcome: RequestOutcome) -> Int64 {
    switch outcome {
    case .ok: ok
    case .serverError: serverError
    case .refused: refused
    case .reset: reset
    case .overflow: overflow
    case .noEndpoints: noEndpoints
    case .timeout: timeout
    }
  }

  public var failed: Int64 {
    serverError + refused + reset + overflow + noEndpoints + timeout
  }

  /// All that ended.
  public var requests: Int64 { ok + failed }

  /// Share of failed ones; nil when nothing ended.
  public var errorRatio: Ratio? { requests == 0 ? nil : Ratio(failed, of: requests) }

  /// Mean latency of the ok and of the timed-out; nil without data.
  public var meanLatency: Span? {
    let count = latencies.reduce(0) { $0 + Int64($1.count) }
    return count == 0 ? nil : Span(ns: latencySum / count)
  }

  /// The latency below which a share `q` lies, by interpolation in its bucket; nil without data.
  public func latencyQuantile(_ q: Ratio) -> Span? {
    var total: Int64 = 0
    for entry in latencies { total += Int64(entry.count) }
    guard total > 0 else { return nil }
    let rank = min(max((total * q.ppm + 999_999) / 1_000_000, 1), total)
    var below: Int64 = 0
    for entry in latencies {
      let count = Int64(entry.count)
      if below + count >= rank {
        let low = LatencyBuckets.lowerBound(Int(entry.bucket))
        let high = LatencyBuckets.lowerBound(Int(entry.bucket) + 1)
        return low + Span(ns: (high - low).ns / count * (rank - below))
      }
      below += count
    }
    return nil
  }

  /// Adds the counts of another interval; `dense` holds the sums of its buckets.
  mutating func add(_ other: Tally, dense: inout [UInt32]) {
    ok += other.ok
    serverError += other.serverError
    refused += other.refused
    reset += other.reset
    overflow += other.overflow
    noEndpoints += other.noEndpoints
    timeout += other.timeout
    arrived += other.arrived
    retried += other.retried
    latencySum += other.latencySum
    for entry in other.latencies { dense[Int(entry.bucket)] += entry.count }
  }
}

/// Tallies by interval of one load, or of one revision under a load.
///
/// The running interval has a full histogram, in a column that all counters share; earlier ones have
/// only their occupied buckets.
struct Counters: Sendable {
  /// Where the running interval ends.
  var end: Int64
  /// Where its histogram begins in the column.
  let first: Int
  var running = Tally()
  /// Intervals that are over.
  var closed = History<Tally>()
  let interval: Int64

  init(interval: Span, first: Int) {
    precondition(interval > .zero, "a series' interval is not above zero")
    self.interval = interval.ns
    self.first = first
    end = interval.ns
  }

  @inline(__always)
  mutating func advance(to at: Int64, _ buckets: inout Column<UInt32>) {
    if at >= end { close(until: at, &buckets) }
  }

  @inline(never)
  private mutating func close(until at: Int64, _ buckets: inout Column<UInt32>) {
    running.latencies = occupied(buckets)
    closed.append(running)
    running = Tally()
    for index in first..<first + LatencyBuckets.count { buckets[index] = 0 }
    end += interval
    while at >= end {
      closed.append(Tally())
      end += interval
    }
  }

  private func occupied(_ buckets: borrowing Column<UInt32>) -> [Tally.BucketCount] {
    var entries: [Tally.BucketCount] = []
    for index in 0..<LatencyBuckets.count {
      let count = buckets[first + index]
      if count > 0 { entries.append(Tally.BucketCount(bucket: UInt16(index), count: count)) }
    }
    return entries
  }

  static func occupied(_ dense: [UInt32]) -> [Tally.BucketCount] {
    var entries: [Tally.BucketCount] = []
    for (index, count) in dense.enumerated() where count > 0 {
      entries.append(Tally.BucketCount(bucket: UInt16(index), count: count))
    }
    return entries
  }

  /// The tally of one interval; empty for one that has not begun.
  func tally(_ index: Int, _ buckets: borrowing Column<UInt32>) -> Tally {
    if index < closed.count { return closed[index] }
    guard index == closed.count else { return Tally() }
    var tally = running
    tally.latencies = occupied(buckets)
    return tally
  }

  /// All intervals from the first instant on, the running one last.
  func series(_ buckets: borrowing Column<UInt32>) -> [Tally] {
    Array(closed) + [tally(closed.count, buckets)]
  }

  private func beginning(atOrAfter instant: Instant) -> Int64 {
    instant.ns / interval + (instant.ns % interval == 0 ? 0 : 1)
  }

  /// Sum of the intervals that begin in `from..<to`.
  func window(from: Instant, to: Instant, _ buckets: borrowing Column<UInt32>) -> Tally {
    var sum = Tally()
    var dense = [UInt32](repeating: 0, count: LatencyBuckets.count)
    let first = beginning(atOrAfter: max(from, .zero))
    let last = min(Int64(closed.count), beginning(atOrAfter: max(to, .zero)) - 1)
    if first <= last {
      for index in first...last { sum.add(tally(Int(index), buckets), dense: &dense) }
    }
    sum.latencies = Counters.occupied(dense)
    return sum
  }
}

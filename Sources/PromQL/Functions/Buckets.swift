/// How classic histograms' counts had to be changed so that they increase with their bounds.
struct BucketRepair {
  var bucketMin: Double
  var bucketMax: Double
  var differenceMax: Double
  /// How many histograms, and from when to when, in milliseconds.
  var count = 1
  var first: Int64 = 0
  var last: Int64 = 0

  mutating func include(_ other: BucketRepair) {
    bucketMin = min(bucketMin, other.bucketMin)
    bucketMax = max(bucketMax, other.bucketMax)
    differenceMax = max(differenceMax, other.differenceMax)
    count += other.count
    first = min(first, other.first)
    last = max(last, other.last)
  }
}

/// The buckets of a classic histogram at one time: how many observations are at most each bound.
struct Buckets {
  private(set) var bounds: [Double] = []
  private(set) var counts: [Double] = []

  mutating func removeAll() {
    bounds.removeAll(keepingCapacity: true)
    counts.removeAll(keepingCapacity: true)
  }

  var isEmpty: Bool { bounds.isEmpty }

  /// Adds a bucket; bounds come in ascending order, equal ones become one bucket.
  @inline(__always)
  mutating func add(bound: Double, count: Double) {
    if let last = bounds.indices.last, bounds[last] == bound {
      counts[last] += count
    } else {
      bounds.append(bound)
      counts.append(count)
    }
  }

  /// Raises counts that are below the one before; differences by rounding are not remarked.
  mutating func makeMonotonic() -> BucketRepair? {
    var repair: BucketRepair?
    var before = counts[0]
    for at in counts.indices.dropFirst() where counts[at] != before {
      let count = counts[at]
      if almostEqual(before, count, tolerance: 1e-12) {
        counts[at] = before
      } else if count < before {
        counts[at] = before
        let difference = before - count
        repair = BucketRepair(
          bucketMin: repair?.bucketMin ?? bounds[at], bucketMax: bounds[at],
          differenceMax: max(repair?.differenceMax ?? 0, difference))
      } else {
        before = count
      }
    }
    return repair
  }

  /// The quantile by linear interpolation within a bucket; the lowest one starts at 0 when its bound
  /// is positive. Of the highest bucket, which has no end, the start is told.
  ///
  /// `histogram_quantile` for classic histograms, Prometheus' `BucketQuantile`.
  mutating func quantile(_ quantile: Double, _ repair: inout BucketRepair?) -> Double {
    if quantile.isNaN { return .nan }
    if quantile < 0 { return -.infinity }
    if quantile > 1 { return .infinity }
    guard bounds.last == .infinity else { return .nan }
    repair = makeMonotonic()
    let top = bounds.count - 1
    guard top > 0, counts[top] != 0 else {
      repair = nil
      return .nan
    }
    var rank = quantile * counts[top]
    var low = 0
    var high = top
    while low < high {
      let middle = (low + high) / 2
      if counts[middle] >= rank { high = middle } else { low = middle + 1 }
    }
    if low == top { return bounds[top - 1] }
    if low == 0, bounds[0] <= 0 { return bounds[0] }
    var start = 0.0
    var count = counts[low]
    if low > 0 {
      start = bounds[low - 1]
      count -= counts[low - 1]
      rank -= counts[low - 1]
    }
    return start + (bounds[low] - start) * (rank / count)
  }

  /// The part of the observations between two bounds, interpolated like quantiles.
  ///
  /// `histogram_fraction` for classic histograms, Prometheus' `BucketFraction`.
  func fraction(from lower: Double, through upper: Double) -> Double {
    guard let total = counts.last, bounds.last == .infinity, total != 0, !lower.isNaN, !upper.isNaN
    else { return .nan }
    if lower >= upper { return 0 }
    return (rank(of: upper, total) - rank(of: lower, total)) / total
  }

  /// How many observations are below a value.
  private func rank(of value: Double, _ total: Double) -> Double {
    var start = bounds[0] > 0 ? 0 : -Double.infinity
    var below = 0.0
    for (at, end) in bounds.enumerated() {
      if start >= value { return below }
      let count = counts[at] - below
      if start < value, end > value {
        // Nothing is interpolated in a bucket without an end; what lies below the lowest bound is
        // left out.
        if start == -.infinity { return counts[at] }
        return below + count * (value - start) / (end - start)
      }
      below = counts[at]
      start = end
    }
    return total
  }
}

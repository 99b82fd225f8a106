/// How often values occurred, where each half-life halves what an occurrence weighs
/// (`decayingHistogram`, Vertical Pod Autoscaler 1.8).
///
/// Later samples weigh more instead: 2 to the power of the half-lives since a reference time, which
/// is moved before the weights leave the range of numbers.
public struct DecayingHistogram: Hashable, Sendable {
  public let buckets: HistogramBuckets
  /// Seconds.
  public let halfLife: Int64
  /// Unix seconds; a whole number of half-lives since the begin of year 1.
  public private(set) var reference = DecayingHistogram.yearOne
  public private(set) var totalWeight = 0.0
  private var weights: [Double]
  /// The first bucket that is not empty; the last one when there is none.
  private var lowest: Int
  /// The last bucket that is not empty; 0 when there is none.
  private var highest = 0

  /// The begin of year 1 in Unix seconds.
  private static let yearOne: Int64 = -62_135_596_800
  /// Half-lives.
  private static let exponentMax: Int64 = 100
  /// What a bucket weighs at most in a checkpoint.
  private static let checkpointMax = 10_000.0

  public init(_ buckets: HistogramBuckets, halfLife: Int64) {
    self.buckets = buckets
    self.halfLife = halfLife
    weights = [Double](repeating: 0, count: buckets.count)
    lowest = buckets.count - 1
  }

  public var isEmpty: Bool { weights[lowest] < buckets.epsilon }

  /// Adds a sample.
  ///
  /// - Parameter time: Unix seconds.
  public mutating func add(_ value: Double, weight: Double, at time: Int64) {
    let weight = weight * factor(at: time)
    let bucket = buckets.bucket(of: value)
    weights[bucket] += weight
    totalWeight += weight
    guard weights[bucket] >= buckets.epsilon else { return }
    lowest = min(lowest, bucket)
    highest = max(highest, bucket)
  }

  /// Takes a sample away that was added before; never more than its bucket holds.
  public mutating func subtract(_ value: Double, weight: Double, at time: Int64) {
    var weight = weight * factor(at: time)
    let bucket = buckets.bucket(of: value)
    if weight > weights[bucket] - buckets.epsilon { weight = weights[bucket] }
    totalWeight -= weight
    weights[bucket] -= weight
    narrow()
  }

  /// The end of the bucket in which the share of the weight is reached; 0 when empty.
  public func percentile(_ share: Double) -> Double {
    if isEmpty { return 0 }
    let threshold = share * totalWeight
    var sum = 0.0
    var bucket = lowest
    while bucket < highest {
      sum += weights[bucket]
      if sum >= threshold { break }
      bucket += 1
    }
    // The last bucket has no end.
    return buckets.start(of: min(bucket + 1, buckets.count - 1))
  }

  /// The buckets with a weight, scaled so that the heaviest weighs 10000 (`SaveToChekpoint`).
  public var checkpoint: [(bucket: Int, weight: Int)] {
    guard lowest <= highest, let most = weights[lowest...highest].max(), most > 0 else { return [] }
    let ratio = DecayingHistogram.checkpointMax / most
    return (lowest...highest).compactMap { bucket in
      let weight = DecayingHistogram.rounded(weights[bucket] * ratio)
      return weight > 0 ? (bucket, weight) : nil
    }
  }

  private mutating func factor(at time: Int64) -> Double {
    if time > reference + halfLife * DecayingHistogram.exponentMax { move(to: time) }
    return Power.ofTwo(Double(time - reference) / Double(halfLife))
  }

  /// `shiftReferenceTimestamp`: all weights change by one power of two.
  private mutating func move(to time: Int64) {
    let since = time - DecayingHistogram.yearOne
    let over = since % halfLife
    let next = over + over < halfLife ? time - over : time - over + halfLife
    let exponent = DecayingHistogram.rounded(Double(reference - next) / Double(halfLife))
    let scale = Power.ofTwo(Double(max(exponent, -2000)))
    if lowest <= highest {
      for bucket in lowest...highest { weights[bucket] *= scale }
    }
    totalWeight *= scale
    narrow()
    reference = next
  }

  private mutating func narrow() {
    while weights[lowest] < buckets.epsilon, lowest < buckets.count - 1 { lowest += 1 }
    while weights[highest] < buckets.epsilon, highest > 0 { highest -= 1 }
  }

  /// A half is rounded up.
  private static func rounded(_ x: Double) -> Int { Int((x + 0.5).rounded(.down)) }
}

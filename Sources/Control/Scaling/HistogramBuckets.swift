/// The buckets of a histogram, each larger than the one before by a ratio
/// (`exponentialHistogramOptions`, Vertical Pod Autoscaler 1.8).
public struct HistogramBuckets: Hashable, Sendable {
  /// The size of the first bucket, which begins at 0.
  public let first: Double
  public let ratio: Double
  public let count: Int
  /// A bucket whose weight is below this counts as empty.
  public let epsilon: Double

  /// - Parameter most: the last bucket begins at this value or above.
  public init(first: Double, ratio: Double, most: Double, epsilon: Double) {
    self.first = first
    self.ratio = ratio
    self.epsilon = epsilon
    let last = HistogramBuckets.logarithm(most * (ratio - 1) / first + 1, ratio).rounded(.up)
    count = Int(last) + 1
  }

  /// CPU in cores.
  public static let cpu = HistogramBuckets(first: 0.01, ratio: 1.05, most: 1000, epsilon: 0.0001)
  /// Memory in bytes.
  public static let memory = HistogramBuckets(first: 1e7, ratio: 1.05, most: 1e12, epsilon: 0.0001)

  /// The bucket that a value falls into; the last one for whatever is beyond.
  public func bucket(of value: Double) -> Int {
    if value < first { return 0 }
    let position = HistogramBuckets.logarithm(value * (ratio - 1) / first + 1, ratio)
    return min(Int(position), count - 1)
  }

  public func start(of bucket: Int) -> Double {
    bucket == 0 ? 0 : first * (Power.of(ratio, bucket) - 1) / (ratio - 1)
  }

  /// The quotient of two logarithms: a value that is a start may come out just below it.
  private static func logarithm(_ x: Double, _ base: Double) -> Double {
    NaturalLogarithm.of(x) / NaturalLogarithm.of(base)
  }
}

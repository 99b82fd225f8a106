public import Units

/// Upper bounds of histograms of time.
public enum MetricBuckets {
  /// `prometheus.DefBuckets` of client_golang, and of libraries in other languages.
  public static let clientGolang = milliseconds([
    5, 10, 25, 50, 100, 250, 500, 1000, 2500, 5000, 10_000,
  ])

  /// Envoy's, which Istio leaves as they are.
  static let envoy = milliseconds([
    0.5, 1, 5, 10, 25, 50, 100, 250, 500, 1000, 2500, 5000, 10_000, 30_000, 60_000, 300_000,
    600_000, 1_800_000, 3_600_000,
  ])

  /// vLLM's, of whole requests and of their phases.
  static let vllmRequest = milliseconds([
    300, 500, 800, 1000, 1500, 2000, 2500, 5000, 10_000, 15_000, 20_000, 30_000, 40_000, 50_000,
    60_000, 120_000, 240_000, 480_000, 960_000, 1_920_000, 7_680_000,
  ])

  /// vLLM's, up to the first token.
  static let vllmFirstToken = milliseconds([
    1, 5, 10, 20, 40, 60, 80, 100, 250, 500, 750, 1000, 2500, 5000, 7500, 10_000, 20_000, 40_000,
    80_000, 160_000, 640_000, 2_560_000,
  ])

  /// Of the generator of a load: ten to each power of ten, in the rounded steps of Renard (ISO 497, R″10),
  /// from 1 ms to 100 s.
  ///
  /// - Parameter asked: bounds that requests are judged by, each of which is a bucket too: how many lie
  ///   below it is known exactly. A quantile above the last bucket is told as that bucket's bound
  ///   (`histogram_quantile`): there is one above each of them.
  static func loadGenerator(_ asked: [Span]) -> [Span] {
    let steps = [1, 1.2, 1.5, 2, 2.5, 3, 4, 5, 6, 8]
    var bounds = milliseconds(
      [1.0, 10, 100, 1000, 10_000].flatMap { unit in steps.map { $0 * unit } } + [100_000])
    if let last = asked.max(), let end = bounds.last, last >= end { bounds.append(last * 2) }
    return union([bounds, asked])
  }

  private static func milliseconds(_ bounds: [Double]) -> [Span] {
    bounds.map { Span(ns: Int64($0 * 1e6)) }
  }

  /// All bounds of several histograms, ascending.
  static func union(_ histograms: [[Span]]) -> [Span] {
    var all: [Span] = []
    for bound in histograms.joined().sorted() where all.last != bound { all.append(bound) }
    return all
  }
}

import Kernel
import Manifests
import Units
import YAML

extension Codec<Distribution> {
  /// A span, or `{median, p99}` (lognormal), `{mean}` (exponential), `{low, high}` (uniform).
  static var distribution: Codec {
    Codec(shape: .either([Codec<Span>.span.shape, DistributionParts.table.shape])) {
      node, reading in
      guard node.mapping != nil else {
        return Codec<Span>.span.read(node, &reading).map { .constant($0) }
      }
      var parts = DistributionParts()
      let errors = reading.errorCount
      reading.read(node, into: &parts, by: DistributionParts.table)
      // What is wrong with one of its keys is reported there.
      guard reading.errorCount == errors else { return nil }
      if let distribution = parts.distribution { return distribution }
      reading.report(
        .error, at: node, parts.contradiction ?? "is no distribution",
        remedy: "write {median: 6s, p99: 20s}, {mean: 5s}, {low: 1s, high: 3s} or a span")
      return nil
    }
  }

  /// One of more than 0 on the average.
  static var positiveDistribution: Codec {
    distribution.positive(such: "{median: 12ms, p99: 60ms}") { $0.mean > .zero }
  }
}

/// The keys of a distribution.
struct DistributionParts: Sendable {
  var kind: String?
  var median: Span?
  var p99: Span?
  var mean: Span?
  var low: Span?
  var high: Span?

  static let table = Table<DistributionParts> {
    $0.key(
      "distribution", \.kind, .word(of: ["constant", "exponential", "lognormal", "uniform"]),
      "its name, where the other keys do not tell it")
    $0.key("median", \.median, .positiveSpan, "of a lognormal distribution")
    $0.key("p99", \.p99, .positiveSpan, "99th percentile of a lognormal distribution")
    $0.key("mean", \.mean, .positiveSpan, "of an exponential distribution")
    $0.key("low", \.low, .span, "least value of a uniform distribution")
    $0.key("high", \.high, .span, "greatest value of a uniform distribution")
  }

  var distribution: Distribution? {
    switch (kind, median, p99, mean, low, high) {
    case (nil, let median?, let p99?, nil, nil, nil),
      ("lognormal", let median?, let p99?, nil, nil, nil):
      p99 >= median ? .lognormal(median: median, p99: p99) : nil
    case (nil, nil, nil, let mean?, nil, nil), ("exponential", nil, nil, let mean?, nil, nil):
      .exponential(mean: mean)
    case (nil, nil, nil, nil, let low?, let high?), ("uniform", nil, nil, nil, let low?, let high?):
      high >= low ? .uniform(low: low, high: high) : nil
    case ("constant", let median?, nil, nil, nil, nil): .constant(median)
    default: nil
    }
  }

  /// What two of the keys say against each other.
  var contradiction: String? {
    if let median, let p99, p99 < median { return "`p99` is less than `median`" }
    if let low, let high, high < low { return "`high` is less than `low`" }
    return nil
  }
}

/// Where rules read series, and write theirs.
public protocol RuleStorage: SeriesSource {
  /// - Parameter time: milliseconds since 1970.
  mutating func add(time: Int64, value: Double, to labels: Labels)
}

extension SeriesStore: RuleStorage {}

/// A source with what rules have written, which the source does not keep.
public struct RuleOutputs<Base: SeriesSource>: RuleStorage {
  public var base: Base
  public private(set) var outputs: SeriesStore

  public init(over base: Base, outputs: SeriesStore = SeriesStore()) {
    (self.base, self.outputs) = (base, outputs)
  }

  public mutating func add(time: Int64, value: Double, to labels: Labels) {
    outputs.add(time: time, value: value, to: labels)
  }

  /// The source's series and those of the rules; series with the same labels are one.
  public func series(matching matchers: [LabelMatcher], in span: TimeSpan) -> [Series] {
    let written = outputs.series(matching: matchers, in: span)
    let read = base.series(matching: matchers, in: span)
    if written.isEmpty { return read }
    if read.isEmpty { return written }
    var merged = SeriesStore()
    for series in read + written { merged.add(series.samples, to: series.labels) }
    return merged.series.sorted { $0.labels < $1.labels }
  }

  public func newestSamples(
    matching matchers: [LabelMatcher], at times: ReferenceTimes, lookback: Int64, limit: Int
  ) -> NewestSamples? {
    if outputs.hasSeries(matching: matchers) { return nil }
    return base.newestSamples(matching: matchers, at: times, lookback: lookback, limit: limit)
  }
}

extension RuleOutputs: Sendable where Base: Sendable {}

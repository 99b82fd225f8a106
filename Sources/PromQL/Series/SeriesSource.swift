/// Where queries read series from.
///
/// A query asks once per selector, for all of its steps together. What is computed on demand may be
/// computed for just the span that was asked for.
public protocol SeriesSource {
  /// The series that fulfil all of the conditions, with their samples of a span.
  ///
  /// - Parameters:
  ///   - matchers: at least one of them does not match the empty value.
  ///   - span: the samples that matter, in milliseconds; others may be given too.
  /// - Returns: each series once, samples ascending in time, at most one per millisecond. Series
  ///   without a sample in the span may be left out. The order decides ties (of `topk`, `limitk`):
  ///   it has to be the same whenever the same is asked.
  func series(matching matchers: [LabelMatcher], in span: TimeSpan) -> [Series]

  /// What instant selectors read: of each series the newest sample at each of several times. It is not
  /// after the time, and less than `lookback` milliseconds before it; a staleness marker ends a series.
  ///
  /// - Parameters:
  ///   - times: not descending.
  ///   - limit: the most points, of all series that fulfil the conditions at all times.
  /// - Returns: in the order of `series(matching:in:)`; nil where that has to be asked instead.
  func newestSamples(
    matching matchers: [LabelMatcher], at times: ReferenceTimes, lookback: Int64, limit: Int
  ) -> NewestSamples?
}

extension SeriesSource {
  public func newestSamples(
    matching matchers: [LabelMatcher], at times: ReferenceTimes, lookback: Int64, limit: Int
  ) -> NewestSamples? { nil }
}

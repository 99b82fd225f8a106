extension Evaluator {
  /// The series that a selector selects in a span of time.
  ///
  /// - Throws: `QueryError` of kind `.unsupported` when there are native histograms in it.
  func series(of selector: VectorSelector, in span: TimeSpan) throws(QueryError) -> [Series] {
    let found = source.series(matching: selector.matchers, in: span)
    for series in found where series.samples.histogramTimes.contains(where: span.contains) {
      throw QueryError(
        .unsupported, "\(series.labels) has native histograms, which are not supported",
        at: selector.range)
    }
    return found
  }

  /// The last sample of each series at each step, unless it is too old or ended.
  func instantVector(
    of selector: VectorSelector, on grid: StepGrid
  ) throws(QueryError) -> Vector {
    if selector.modifiers.boundaries == .smoothed {
      let reach = try reach(of: selector, on: grid)
      return try smoothedVector(of: series(of: selector, in: reach.span), at: reach.times, on: grid)
    }
    let newest = try newestSamples(of: selector, on: grid)
    return Vector(of: newest, values: newest.values)
  }

  /// When the sample was taken that a selector finds, in seconds, instead of its value.
  func sampleTimes(of selector: VectorSelector, on grid: StepGrid) throws(QueryError) -> Vector {
    let newest = try newestSamples(of: selector, on: grid)
    return Vector(of: newest, values: newest.times.map { Double($0) / 1000 })
  }

  private func newestSamples(
    of selector: VectorSelector, on grid: StepGrid
  ) throws(QueryError) -> NewestSamples {
    let reach = try reach(of: selector, on: grid)
    let known = source.newestSamples(
      matching: selector.matchers, at: reach.times, lookback: options.lookback,
      limit: options.pointsMax)
    if let known { return known }
    let series = try series(of: selector, in: reach.span)
    try checkPoints(on: grid, rows: series.count)
    return NewestSamples(of: series, at: reach.times, lookback: options.lookback)
  }

  /// Values between the samples before and after each step (`smoothed`).
  private func smoothedVector(
    of series: [Series], at times: ReferenceTimes, on grid: StepGrid
  ) throws(QueryError) -> Vector {
    var result = try emptyVector(on: grid, capacity: series.count)
    for one in series {
      let samples = one.samples.withoutStale
      let base = result.addRow(Vector.Row(labels: one.labels))
      for step in 0..<grid.count {
        let time = times[step]
        let next = samples.firstIndex(after: time)
        guard next > 0, samples.times[next - 1] > time - options.lookback else { continue }
        var value = samples.values[next - 1]
        if samples.times[next - 1] < time, next < samples.count,
          samples.times[next] <= time + options.lookback
        {
          value = interpolated(samples, next - 1, next, at: time, isCounter: false)
        }
        result.values[base + step] = value
        result.present[base + step] = true
      }
      result.dropLastRowIfEmpty()
    }
    return result
  }

  /// Which time a selector reads at each step, and the span that it needs for all.
  func reach(
    of selector: VectorSelector, on grid: StepGrid
  ) throws(QueryError) -> (times: ReferenceTimes, span: TimeSpan) {
    let (at, offset) = try resolved(selector.modifiers)
    let times = ReferenceTimes(grid, at: at, offset: offset)
    let ahead = selector.modifiers.boundaries == .smoothed ? options.lookback : 0
    return (times, TimeSpan(after: times.first - options.lookback, through: times.last + ahead))
  }
}

/// A value on the line between two samples; a counter that was reset starts from zero.
func interpolated(
  _ samples: Samples, _ before: Int, _ after: Int, at time: Int64, isCounter: Bool
) -> Double {
  var start = samples.values[before]
  let end = samples.values[after]
  if isCounter, end < start { start = 0 }
  let part =
    (end - start) * Double(time - samples.times[before])
    / Double(samples.times[after] - samples.times[before])
  return start + part
}

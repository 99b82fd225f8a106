extension Evaluator {
  /// The windows of a range selector or subquery.
  mutating func rangeVector(
    of expression: Expression, on grid: StepGrid
  ) throws(QueryError) -> RangeVector {
    switch expression.unwrapped {
    case .range(let node): return try rangeVector(of: node, on: grid)
    case .subquery(let node): return try rangeVector(of: node, on: grid)
    default: preconditionFailure("\(expression) is no range vector, though its type was checked")
    }
  }

  private func rangeVector(
    of node: RangeSelector, on grid: StepGrid
  ) throws(QueryError) -> RangeVector {
    var result = try windows(node.duration, node.selector.modifiers, on: grid)
    result.boundaries = node.selector.modifiers.boundaries
    result.rows = try series(of: node.selector, in: result.span).map {
      RangeVector.Row(labels: $0.labels, samples: $0.samples.withoutStale)
    }
    return result
  }

  private mutating func rangeVector(
    of node: Subquery, on grid: StepGrid
  ) throws(QueryError) -> RangeVector {
    var result = try windows(node.duration, node.modifiers, on: grid)
    let inner = try innerGrid(of: node, for: result)
    if inner.count == 0 { return result }
    let vector = try vector(of: node.inner, on: inner)
    result.rows = vector.rows.enumerated().map { at, row in
      RangeVector.Row(
        labels: row.labels, dropsName: row.dropsName, samples: vector.samples(ofRow: at, on: inner))
    }
    return result
  }

  /// Windows without series.
  private func windows(
    _ duration: DurationExpression, _ modifiers: TimeModifiers, on grid: StepGrid
  ) throws(QueryError) -> RangeVector {
    let length = try milliseconds(duration)
    let (at, offset) = try resolved(modifiers)
    return RangeVector(
      rows: [], ends: ReferenceTimes(grid, at: at, offset: offset), length: length,
      lookback: options.lookback)
  }

  /// A subquery's times: the multiples of its step within the windows.
  private func innerGrid(
    of node: Subquery, for windows: RangeVector
  ) throws(QueryError) -> StepGrid {
    let step =
      try node.step.map { duration throws(QueryError) in try milliseconds(duration) }
      ?? options.subqueryStep
    guard step > 0 else { throw QueryError(.evaluation, "duration must be greater than 0") }
    let start = windows.ends.first - windows.length
    var first = start / step * step
    if first <= start { first += step }
    let grid = StepGrid(first: first, through: windows.ends.last, step: step)
    try checkPoints(on: grid, rows: 1)
    return grid
  }

  /// What an instant query of a range vector shows: the samples of each series.
  mutating func rawSeries(of expression: Expression) throws(QueryError) -> [Series] {
    let vector = try rangeVector(of: expression, on: query)
    let span = vector.span
    var result: [Series] = []
    for row in vector.rows {
      let samples =
        vector.boundaries == .sampled
        ? row.samples.within(span) : vector.extendedSamples(of: row.samples)
      var labels = row.labels
      if row.dropsName { labels = labels.withoutMetadata }
      if samples.count > 0 { result.append(Series(labels: labels, samples: samples)) }
    }
    return result.sortedUnlessSorted { $0.labels < $1.labels }
  }
}

extension RangeVector {
  /// The span of all windows together.
  var span: TimeSpan {
    TimeSpan(after: ends.first - length - before, through: ends.last + after)
  }

  /// The samples within the first window, with one at each of its boundaries.
  fileprivate func extendedSamples(of samples: Samples) -> Samples {
    let reached = samples.within(span)
    let window = Window(
      low: 0, high: reached.count, start: ends.first - length, end: ends.first, step: 0)
    guard window.count > 0,
      let bounds = ExtendedBounds(
        reached, window, isSmoothed: boundaries == .smoothed, isCounter: false)
    else { return Samples() }
    let inside = reached.within(TimeSpan(after: window.start, through: window.end - 1))
    return Samples(
      times: [window.start] + inside.times + [window.end],
      values: [bounds.left] + inside.values + [bounds.right])
  }
}

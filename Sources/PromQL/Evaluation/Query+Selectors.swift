/// A selector of a query, and the time that it reaches over.
public struct SelectorReach: Sendable, Equatable {
  public var matchers: [LabelMatcher]
  /// The samples that the query may read.
  public var span: TimeSpan
}

extension Query {
  /// The series that an evaluation asks for, known before it: one element per selector, in the order
  /// of the text. `info` adds one for the info series.
  ///
  /// - Parameters:
  ///   - first: the first time of the evaluation in milliseconds, or the only one.
  ///   - last: the last time.
  ///   - step: milliseconds between two times; 0 for an instant query.
  /// - Throws: `QueryError` when a duration cannot be computed.
  public func selectors(
    from first: Int64, through last: Int64, step: Int64 = 0, options: QueryOptions = QueryOptions()
  ) throws(QueryError) -> [SelectorReach] {
    try Query.check(first)
    try Query.check(last)
    let grid = StepGrid(first: first, through: last, step: max(1, step))
    let recorder = SelectorRecorder()
    let evaluator = Evaluator(
      source: recorder, options: options, query: grid, queryEnd: last, queryStep: step)
    var result: [SelectorReach] = []
    try evaluator.collect(
      expression, TimeSpan(after: grid.first, through: grid.last), into: &result)
    return result
  }
}

/// A source without series: only times are computed.
private struct SelectorRecorder: SeriesSource {
  func series(matching matchers: [LabelMatcher], in span: TimeSpan) -> [Series] { [] }
}

extension Evaluator {
  /// - Parameter times: the first and the last time of evaluation, both included.
  fileprivate func collect(
    _ expression: Expression, _ times: TimeSpan, into result: inout [SelectorReach]
  ) throws(QueryError) {
    switch expression {
    case .selector(let node):
      result.append(try reach(of: node, times, before: options.lookback))
    case .range(let node):
      let isSampled = node.selector.modifiers.boundaries == .sampled
      let before = try milliseconds(node.duration) + (isSampled ? 0 : options.lookback)
      result.append(try reach(of: node.selector, times, before: before))
    case .subquery(let node):
      let (at, offset) = try resolved(node.modifiers)
      let length = try milliseconds(node.duration)
      let inner = TimeSpan(
        after: (at ?? times.after) - offset - length, through: (at ?? times.through) - offset)
      try collect(node.inner, inner, into: &result)
    case .call(let node) where node.function == .info:
      let start = result.count
      try collect(node.arguments[0], times, into: &result)
      guard result.count > start else { return }
      var matchers = [LabelMatcher(Labels.metricName, equals: "target_info")]
      if node.arguments.count > 1, case .selector(let data) = node.arguments[1].unwrapped {
        let isNamed = data.matchers.contains { $0.name == Labels.metricName }
        matchers = isNamed ? data.matchers : matchers + data.matchers
      }
      result.append(SelectorReach(matchers: matchers, span: result[start].span))
    default:
      for child in expression.children { try collect(child, times, into: &result) }
    }
  }

  private func reach(
    of node: VectorSelector, _ times: TimeSpan, before: Int64
  ) throws(QueryError) -> SelectorReach {
    let (at, offset) = try resolved(node.modifiers)
    let ahead = node.modifiers.boundaries == .smoothed ? options.lookback : 0
    return SelectorReach(
      matchers: node.matchers,
      span: TimeSpan(
        after: (at ?? times.after) - offset - before,
        through: (at ?? times.through) - offset + ahead))
  }
}

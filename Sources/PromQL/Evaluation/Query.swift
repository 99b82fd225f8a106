/// A query of PromQL, read and checked.
///
///     let query = try Query("sum by (job) (rate(http_requests_total[5m]))")
///     let result = try query.instant(at: 3_600_000, in: store)
public struct Query: Sendable {
  public let text: String
  public let expression: Expression

  /// - Throws: `QueryError` of kind `.syntax` with its place.
  public init(_ text: String) throws(QueryError) {
    self.text = text
    expression = try Parser.expression(text)
  }

  /// The answer at one time.
  ///
  /// - Parameters:
  ///   - time: milliseconds since the epoch.
  ///   - source: asked once per selector.
  /// - Throws: `QueryError` of kind `.evaluation` or `.unsupported`.
  public func instant(
    at time: Int64, in source: some SeriesSource, options: QueryOptions = QueryOptions()
  ) throws(QueryError) -> QueryResult {
    try Query.check(time)
    var evaluator = Evaluator(
      source: source, options: options, query: StepGrid(at: time), queryStep: 0)
    let value = try evaluator.instantValue(of: expression)
    return QueryResult(value: value, annotations: evaluator.annotations.all)
  }

  /// The answer at several times.
  ///
  /// - Parameters:
  ///   - first: milliseconds since the epoch.
  ///   - last: the last time is the last step that is not after it.
  ///   - step: milliseconds, at least 1.
  /// - Returns: a matrix.
  /// - Throws: `QueryError`; expressions of another type than scalar and instant vector have no
  ///   answer at several times.
  public func range(
    from first: Int64, through last: Int64, step: Int64, in source: some SeriesSource,
    options: QueryOptions = QueryOptions()
  ) throws(QueryError) -> QueryResult {
    guard step > 0 else {
      throw QueryError(
        .evaluation, "zero or negative query resolution step widths are not accepted")
    }
    try Query.check(first)
    try Query.check(last)
    guard expression.type == .scalar || expression.type == .vector else {
      throw QueryError(
        .evaluation,
        "invalid expression type \(quoted(expression.type.rawValue)) for range query, "
          + "must be Scalar or instant Vector")
    }
    var evaluator = Evaluator(
      source: source, options: options, query: StepGrid(first: first, through: last, step: step),
      queryEnd: last, queryStep: step)
    try evaluator.checkPoints(on: evaluator.query, rows: 1)
    let series = try evaluator.matrix(of: expression)
    return QueryResult(value: .matrix(series), annotations: evaluator.annotations.all)
  }

  /// Times are added to durations; beyond this, sums would overflow.
  static func check(_ time: Int64) throws(QueryError) {
    if time.magnitude > 1 << 61 {
      throw QueryError(.evaluation, "time \(time) is out of bounds; give milliseconds since 1970")
    }
  }
}

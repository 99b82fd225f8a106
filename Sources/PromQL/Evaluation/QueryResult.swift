/// The answer to a query.
public struct QueryResult: Sendable {
  public var value: QueryValue
  public var annotations: [Annotation]
}

/// What a query evaluates to.
public enum QueryValue: Sendable {
  case scalar(Double)
  case string(String)
  /// Of an instant query. Ordered by `sort`, `topk` and the like; else in the order of the source.
  case vector([SeriesValue])
  /// Of a range query, sorted by labels, with one point for each step that has a value; or the
  /// samples that an instant query of a range vector selects.
  case matrix([Series])
}

/// One element of an instant vector.
public struct SeriesValue: Sendable, Equatable {
  public var labels: Labels
  public var value: Double

  public init(labels: Labels, value: Double) {
    self.labels = labels
    self.value = value
  }
}

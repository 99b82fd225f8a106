/// What a Prometheus server is configured with.
public struct QueryOptions: Hashable, Sendable {
  /// How old a sample may be to count at a time, in milliseconds (`--query.lookback-delta`).
  public var lookback: Int64
  /// The step of subqueries without one, in milliseconds (`global.evaluation_interval`).
  public var subqueryStep: Int64
  /// Metric names are dropped when the query ends instead of by the operation that drops them
  /// (feature flag `promql-delayed-name-removal`).
  public var delaysNameRemoval: Bool
  /// The most points that one vector of a query may have over all of its steps
  /// (`--query.max-samples`).
  public var pointsMax: Int

  public init(
    lookback: Int64 = 300_000, subqueryStep: Int64 = 60_000, delaysNameRemoval: Bool = false,
    pointsMax: Int = 50_000_000
  ) {
    self.lookback = lookback
    self.subqueryStep = subqueryStep
    self.delaysNameRemoval = delaysNameRemoval
    self.pointsMax = pointsMax
  }
}

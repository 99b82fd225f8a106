public import ClusterAPI
public import Units

/// What one guard watches and when it gives up on a revision.
public struct RollbackGuard: Hashable, Sendable {
  /// A limit on what requests to a service may see.
  public struct Objective: Hashable, Sendable {
    public var service: ObjectKey
    public var limit: ObjectiveLimit
    public var window: Span
    /// With fewer requests in the window the objective says nothing.
    public var minimumRequests: Int64

    public init(
      service: ObjectKey, limit: ObjectiveLimit, window: Span = .seconds(60),
      minimumRequests: Int64 = 20
    ) {
      self.service = service
      self.limit = limit
      self.window = window
      self.minimumRequests = minimumRequests
    }
  }

  /// A query of the user, whose answer must keep a bound.
  public struct Measurement: Hashable, Sendable {
    /// PromQL with the variables of `ObjectiveQueries.fill`.
    public var query: String
    public var bound: NumberBound
    public var window: Span

    public init(query: String, bound: NumberBound, window: Span = .seconds(60)) {
      (self.query, self.bound, self.window) = (query, bound, window)
    }
  }

  public var deployment: ObjectKey
  /// Where it reads what requests come to.
  public var metrics = ObjectiveMetrics.application()
  public var interval = Span.seconds(5)
  public var objectives: [Objective] = []
  public var measurements: [Measurement] = []
  /// Analysed as a Rollout of Argo does.
  public var analysis: GuardAnalysis?
  /// Checked as Flagger does.
  public var canary: CanaryAnalysis?
  /// Restarts of containers of the new revision, summed, from which it counts as crash-looping.
  public var restartThreshold = 3
  /// How long a complete rollout is watched before it is promoted.
  public var watch = Span.seconds(60)

  public init(deployment: ObjectKey) { self.deployment = deployment }
}

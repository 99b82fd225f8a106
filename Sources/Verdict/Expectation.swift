public import ClusterAPI
public import Units

/// What a scenario expects of its runs (`spec.expect`).
public struct Expectation: Hashable, Sendable {
  /// A limit on what the clients of a Service see from the change to the end.
  public struct Objective: Hashable, Sendable {
    public var service: ObjectKey
    public var limit: ObjectiveLimit

    public init(service: ObjectKey, limit: ObjectiveLimit) {
      self.service = service
      self.limit = limit
    }
  }

  /// What must go wrong, so that no run passes in which the faults did nothing.
  public struct Felt: Hashable, Sendable {
    /// Limits that must be exceeded.
    public var objectives: [Objective] = []
    /// Invariants that must be broken, by their names in the catalog.
    public var invariants: [String] = []
    /// The terminal state must come later than this after the change.
    public var longerThan: Span?

    public init() {}
  }

  /// How many pods a Deployment is told to have, from the change to the end.
  public struct Replicas: Hashable, Sendable {
    public var deployment: ObjectKey
    /// The largest number that it is told.
    public var most: Int?
    /// The smallest number that it is told.
    public var least: Int?

    public init(deployment: ObjectKey, most: Int? = nil, least: Int? = nil) {
      self.deployment = deployment
      self.most = most
      self.least = least
    }
  }

  public var outcome: Outcome?
  /// From the change to its terminal state.
  public var within: Span?
  /// true: no restoration defect; false: at least one, for scenarios that show one.
  public var restored: Bool?
  /// Whether each decision was at least as good as its other branch.
  public var regret: RegretBound?
  public var objectives: [Objective] = []
  public var replicas: [Replicas] = []
  /// Names of the catalog.
  public var invariants: [String] = []
  public var felt = Felt()
  public var atEnd: [EndState] = []
  public var queries: [QueryExpectation] = []
  public var alerts: [AlertExpectation] = []

  public enum RegretBound: String, Hashable, Sendable, CaseIterable {
    /// No decision hurt more than its other branch.
    case none
    /// One did, for scenarios that show it.
    case some
  }

  public init() {}
}

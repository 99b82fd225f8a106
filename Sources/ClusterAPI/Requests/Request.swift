public import Units

/// What a service must keep, and what a strategy asks about it.
public struct ObjectiveQuery: Hashable, Sendable {
  public enum Measure: Hashable, Sendable {
    /// Failed requests of all requests.
    case errorRatio
    /// The given quantile (parts per million) of the duration of requests, in nanoseconds.
    case latencyQuantile(Ratio)
  }

  public var service: ObjectKey
  public var measure: Measure
  /// How far back, from now.
  public var window: Span
  /// Single attempts at the pods of this ReplicaSet alone; nil: the service's requests as its
  /// clients see them.
  public var replicaSet: ObjectKey?

  public init(
    service: ObjectKey, measure: Measure, window: Span, replicaSet: ObjectKey? = nil
  ) {
    self.service = service
    self.measure = measure
    self.window = window
    self.replicaSet = replicaSet
  }
}

/// The measured value of an objective over its window.
public struct ObjectiveAnswer: Hashable, Sendable {
  /// Parts per million of an error ratio, or nanoseconds of a latency; nil without requests.
  public var value: Int64?
  /// Requests in the window.
  public var requests: Int64

  public init(value: Int64?, requests: Int64) {
    self.value = value
    self.requests = requests
  }
}

/// A commitment of a strategy; only these are worth exploring both ways.
public enum DecisionOption: String, Codable, Hashable, Sendable {
  case promote
  case rollBack
  /// Leave things as they are for now.
  case wait
}

/// What a strategy is about to commit itself to, and why.
public struct Decision: Codable, Hashable, Sendable {
  /// The workload it is about.
  public var subject: ObjectKey
  /// The revision (of the Deployment) that the decision is about.
  public var revision: Int64
  public var option: DecisionOption
  /// What the other branch does.
  public var otherwise: DecisionOption
  public var reason: Reason

  public init(
    subject: ObjectKey, revision: Int64, option: DecisionOption, otherwise: DecisionOption,
    reason: Reason
  ) {
    self.subject = subject
    self.revision = revision
    self.option = option
    self.otherwise = otherwise
    self.reason = reason
  }
}

/// What a pass asks of whoever runs it.
public enum Request: Hashable, Sendable {
  case write(Command)
  /// Independent writes, sent side by side; answered together.
  case writeAll([Command])
  case read(Query)
  case objective(ObjectiveQuery)
  case decide(Decision)
  /// Tells whoever reads the run what came of it.
  case report(ObjectKey, Reason)
}

/// The answer to a request, of the same case.
public enum Answer: Hashable, Sendable {
  case written(WriteResult)
  case allWritten([WriteResult])
  case read(QueryResult)
  case objective(ObjectiveAnswer)
  case decided(DecisionOption)
  case reported
}

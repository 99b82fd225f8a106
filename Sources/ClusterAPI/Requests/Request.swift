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
  /// PromQL, at the present time.
  case measure(String)
  case decide(Decision)
  /// Tells whoever reads the run what came of it.
  case report(ObjectKey, Reason)
}

/// The answer to a request, of the same case.
public enum Answer: Hashable, Sendable {
  case written(WriteResult)
  case allWritten([WriteResult])
  case read(QueryResult)
  /// nil: Prometheus could not say, such as for a query with an error.
  case measured(MeasuredResult?)
  case decided(DecisionOption)
  case reported
}

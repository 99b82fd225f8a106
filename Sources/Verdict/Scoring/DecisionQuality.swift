import ClusterAPI
public import World

/// A decision, and what it cost against the branch that was not taken.
public struct DecisionQuality: Hashable, Sendable {
  public enum Rating: String, Hashable, Sendable {
    case right
    /// A revision was promoted that hurts more than going back would have.
    case missed
    /// A revision was rolled back, and waiting would have hurt less, or would have ended with it
    /// complete and no harm beyond.
    case falseAlarm
    /// The other branch was not run.
    case notMeasured
  }

  /// How the same run went with the other option.
  public struct OtherBranch: Hashable, Sendable {
    public var harm: Harm
    /// The new revision was complete at its end, whoever had still to say so.
    public var isComplete: Bool

    public init(harm: Harm, isComplete: Bool) {
      self.harm = harm
      self.isComplete = isComplete
    }
  }

  public var taken: TakenDecision
  public var harm: Harm
  public var other: OtherBranch?

  public init(taken: TakenDecision, harm: Harm, other: OtherBranch?) {
    self.taken = taken
    self.harm = harm
    self.other = other
  }

  /// Failed and slow requests that the other branch would have spared; below 0 where it would have
  /// cost more.
  public var regret: Int64? { other.map { harm.total - $0.harm.total } }

  public var isRegretted: Bool { other.map { harm.exceeds($0.harm) } ?? false }

  public var rating: Rating {
    guard let other else { return .notMeasured }
    switch taken.taken {
    case .promote: return isRegretted ? .missed : .right
    case .rollBack:
      return isRegretted || (other.isComplete && !other.harm.exceeds(harm)) ? .falseAlarm : .right
    case .wait: return .right
    }
  }
}

extension Harm {
  /// Whether it is more than another beyond what chance gives: 5 requests, and one in twenty.
  func exceeds(_ other: Harm) -> Bool { total - other.total > max(5, other.total / 20) }
}

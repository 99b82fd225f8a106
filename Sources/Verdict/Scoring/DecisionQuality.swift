import ClusterAPI
public import World

/// A decision, and what it cost against the branch that was not taken.
public struct DecisionQuality: Hashable, Sendable {
  public enum Rating: String, Hashable, Sendable {
    case right
    /// A revision was promoted that hurts more than going back would have.
    case missed
    /// A revision was rolled back, and that hurt more than waiting would have.
    case falseAlarm
  }

  public var taken: TakenDecision
  public var harm: Harm
  /// Harm of the same run with the other option; nil where it was not run.
  public var otherHarm: Harm?

  public init(taken: TakenDecision, harm: Harm, otherHarm: Harm?) {
    self.taken = taken
    self.harm = harm
    self.otherHarm = otherHarm
  }

  /// Failed and slow requests that the other branch would have spared; below 0 where it would have
  /// cost more.
  public var regret: Int64? { otherHarm.map { harm.total - $0.total } }

  /// Regret beyond what chance gives: 5 requests, and one in twenty of the other branch's harm.
  public var isRegretted: Bool {
    guard let regret, let otherHarm else { return false }
    return regret > max(5, otherHarm.total / 20)
  }

  public var rating: Rating {
    guard isRegretted else { return .right }
    return taken.taken == .promote ? .missed : .falseAlarm
  }
}

extension Comparison {
  /// How much worse the mean of a figure may be before it counts as a regression.
  ///
  /// The defaults are above what an innocent change of a scenario's draws moves, and below what a
  /// user would notice: 2 points of 100, one failed request in a thousand, 5 s of a rollout.
  public struct Thresholds: Codable, Hashable, Sendable {
    /// Points of 100.
    public var score = 2.0
    /// Failed requests of all: 0.001 are 0.1 percentage points.
    public var failedRatio = 0.001
    /// Seconds of settling, of detection and below the minimum; both this and the share must be
    /// exceeded.
    public var seconds = 5.0
    /// Of the baseline's seconds.
    public var secondsShare = 0.1

    public init() {}
  }
}

extension Comparison.Thresholds {
  /// By how much a mean may differ, in the unit of the figure.
  func bound(_ metric: Comparison.Metric, _ baseline: Double) -> Double {
    switch metric {
    case .passed: 0
    case .score: score
    case .failedRatio: failedRatio
    case .settled, .detection, .belowMinimum: max(seconds, secondsShare * baseline)
    }
  }
}

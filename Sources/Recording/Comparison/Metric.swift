import Units

extension Comparison {
  /// What is compared of each run.
  public enum Metric: String, Codable, Hashable, Sendable, CaseIterable {
    /// Share of seeds that passed, 0..1.
    case passed
    /// 0..100
    case score
    /// Failed requests of all, 0..1.
    case failedRatio
    /// From the change to the terminal state, in seconds; seeds without one are left out.
    case settled
    /// From the change to the decision to roll back, in seconds; seeds without one are left out.
    case detection
    /// Below the floor of ready pods, in seconds.
    case belowMinimum
  }
}

extension Comparison.Metric {
  public var isBetterHigh: Bool { self == .passed || self == .score }

  /// nil where the run has no such figure.
  func value(_ run: RunRecord) -> Double? {
    switch self {
    case .passed: run.verdict == .passed ? 1 : 0
    case .score: Double(run.score)
    case .failedRatio: run.requests == 0 ? nil : Double(run.failed) / Double(run.requests)
    case .settled: run.settled?.seconds
    case .detection: run.detection?.seconds
    case .belowMinimum: run.belowMinimum.seconds
    }
  }
}

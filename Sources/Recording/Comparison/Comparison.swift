import Units

/// A candidate suite against a baseline, scenario by scenario, paired by seed.
public struct Comparison: Codable, Hashable, Sendable {
  /// One figure of one scenario.
  public struct Row: Codable, Hashable, Sendable {
    public var scenario: String
    public var metric: Metric
    /// Means over the seeds that both suites have.
    public var baseline: Double
    public var candidate: Double
    /// Half of the width of the 95 % interval of the mean difference; nil with fewer than 3 seeds.
    public var interval: Double?
    public var seeds: Int
    public var isRegression: Bool
    public var isImprovement: Bool

    public var difference: Double { candidate - baseline }
  }

  public enum Metric: String, Codable, Hashable, Sendable, CaseIterable {
    /// Share of seeds that passed, 0..1.
    case passed
    /// 0..100
    case score
    /// Failed requests of all, 0..1.
    case failedRatio
    /// From the change to the terminal state, in seconds; seeds without one are left out.
    case settled
    /// From the change to the decision to roll back, in seconds.
    case detection
    /// Below the floor of ready pods, in seconds.
    case belowMinimum
  }

  /// How much worse a mean may be before it counts as a regression.
  public struct Thresholds: Codable, Hashable, Sendable {
    public var passed = 0.0
    public var score = 2.0
    public var failedRatio = 0.001
    /// Both must be exceeded.
    public var seconds = 5.0
    public var secondsShare = 0.1

    public init() {}
  }

  public var rows: [Row] = []
  /// Seeds whose trace digest is the same in both.
  public var equalDigests = 0
  public var pairs = 0
  public var onlyInBaseline: [String] = []
  public var onlyInCandidate: [String] = []
  public var thresholds: Thresholds

  public var hasRegression: Bool { rows.contains(where: \.isRegression) }

  public init(
    baseline: SuiteRecord, candidate: SuiteRecord, thresholds: Thresholds = Thresholds()
  ) {
    self.thresholds = thresholds
    let names = baseline.scenarios.map(\.name)
    onlyInBaseline = names.filter { name in !candidate.scenarios.contains { $0.name == name } }
    onlyInCandidate = candidate.scenarios.map(\.name).filter { !names.contains($0) }
    for name in names {
      var paired: [(RunRecord, RunRecord)] = []
      for run in baseline.runs where run.scenario == name {
        let other = candidate.runs.first { $0.scenario == name && $0.seed == run.seed }
        if let other { paired.append((run, other)) }
      }
      pairs += paired.count
      equalDigests += paired.count { $0.0.digest == $0.1.digest }
      for metric in Metric.allCases {
        if let row = row(name, metric, paired) { rows.append(row) }
      }
    }
  }

  private func row(
    _ scenario: String, _ metric: Metric, _ pairs: [(RunRecord, RunRecord)]
  ) -> Row? {
    var before: [Double] = []
    var differences: [Double] = []
    for (old, new) in pairs {
      guard let a = metric.value(old), let b = metric.value(new) else { continue }
      before.append(a)
      differences.append(b - a)
    }
    guard !differences.isEmpty else { return nil }
    let sample = Sample(differences)
    let baseline = Sample(before).mean
    // An interval that holds 0 tells no difference from chance; a test that passed and now fails
    // does.
    let isCertain =
      metric == .passed || sample.interval.map { abs(sample.mean) > $0 } ?? (sample.mean != 0)
    let worse = metric.isBetterHigh ? -sample.mean : sample.mean
    return Row(
      scenario: scenario, metric: metric, baseline: baseline, candidate: baseline + sample.mean,
      interval: sample.interval, seeds: differences.count,
      isRegression: isCertain && worse > bound(metric, baseline),
      isImprovement: isCertain && -worse > bound(metric, baseline))
  }

  private func bound(_ metric: Metric, _ baseline: Double) -> Double {
    switch metric {
    case .passed: thresholds.passed
    case .score: thresholds.score
    case .failedRatio: thresholds.failedRatio
    case .settled, .detection, .belowMinimum:
      max(thresholds.seconds, thresholds.secondsShare * baseline)
    }
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
    case .settled: run.settled.map { Double($0.ns) / 1e9 }
    case .detection: run.detection.map { Double($0.ns) / 1e9 }
    case .belowMinimum: Double(run.belowMinimum.ns) / 1e9
    }
  }
}

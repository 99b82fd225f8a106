import Units

/// A candidate suite against a baseline, scenario by scenario, paired by seed.
///
/// Two runs of one seed have the same load, the same faults and the same draws, so that what differs
/// is due to what was changed: differences are taken seed by seed, and their mean is judged. A mean
/// is a regression where it is worse than the threshold allows and, with three seeds or more, the
/// 95 % interval of the difference (Student's t over the pairs) does not hold zero. A seed that
/// passed and now does not is a regression whatever the others do.
public struct Comparison: Codable, Hashable, Sendable {
  /// One figure of one scenario.
  public struct Row: Codable, Hashable, Sendable {
    public var scenario: String
    public var metric: Metric
    /// Means over the seeds that both suites have.
    public var baseline: Double
    public var candidate: Double
    /// Half of the width of the 95 % interval of the mean difference; nil with fewer than 3 seeds, and
    /// for verdicts.
    public var interval: Double?
    public var seeds: Int
    public var isRegression: Bool
    public var isImprovement: Bool
    /// Beyond the threshold, but the interval holds zero: more seeds would tell.
    public var isUncertain: Bool

    public var difference: Double { candidate - baseline }
  }

  public struct Run: Codable, Hashable, Sendable {
    public var scenario: String
    public var seed: UInt64
  }

  public var baselineVersion: String
  public var candidateVersion: String
  public var thresholds: Thresholds
  public var rows: [Row] = []
  /// Passed in the baseline, and do not in the candidate.
  public var broken: [Run] = []
  /// Pass in the candidate, and did not in the baseline.
  public var mended: [Run] = []
  /// Runs that both suites have.
  public var pairs = 0
  /// Seeds whose trace digest is the same in both.
  public var equalDigests = 0
  public var onlyInBaseline: [String] = []
  public var onlyInCandidate: [String] = []
  /// Scenarios of both suites that were made from different files.
  public var changedInputs: [String] = []
  /// Runs of scenarios of both suites whose seed the other suite lacks.
  public var unpaired: [Run] = []

  public var hasRegression: Bool { !broken.isEmpty || rows.contains(where: \.isRegression) }

  public init(
    baseline: SuiteRecord, candidate: SuiteRecord, thresholds: Thresholds = Thresholds()
  ) {
    baselineVersion = baseline.version
    candidateVersion = candidate.version
    self.thresholds = thresholds
    let (old, new) = (baseline.scenarios, candidate.scenarios)
    onlyInBaseline = old.map(\.name).filter { name in !new.contains { $0.name == name } }
    onlyInCandidate = new.map(\.name).filter { name in !old.contains { $0.name == name } }
    for scenario in old {
      guard let other = new.first(where: { $0.name == scenario.name }) else { continue }
      if scenario.files != other.files { changedInputs.append(scenario.name) }
      add(
        scenario.name, baseline.runs.filter { $0.scenario == scenario.name },
        candidate.runs.filter { $0.scenario == scenario.name })
    }
  }

  private mutating func add(_ scenario: String, _ before: [RunRecord], _ after: [RunRecord]) {
    var paired: [(RunRecord, RunRecord)] = []
    for run in before {
      if let other = after.first(where: { $0.seed == run.seed }) {
        paired.append((run, other))
      } else {
        unpaired.append(Run(scenario: scenario, seed: run.seed))
      }
    }
    for run in after where !before.contains(where: { $0.seed == run.seed }) {
      unpaired.append(Run(scenario: scenario, seed: run.seed))
    }
    for (old, new) in paired {
      pairs += 1
      if old.digest == new.digest { equalDigests += 1 }
      let run = Run(scenario: scenario, seed: old.seed)
      switch (old.verdict == .passed, new.verdict == .passed) {
      case (true, false): broken.append(run)
      case (false, true): mended.append(run)
      case (true, true), (false, false): break
      }
    }
    for metric in Metric.allCases {
      if let row = row(scenario, metric, paired) { rows.append(row) }
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
    let isCertain = sample.interval.map { abs(sample.mean) > $0 } ?? true
    let bound = thresholds.bound(metric, baseline)
    let change = metric.isBetterHigh ? sample.mean : -sample.mean
    var row = Row(
      scenario: scenario, metric: metric, baseline: baseline, candidate: baseline + sample.mean,
      interval: sample.interval, seeds: differences.count,
      isRegression: isCertain && -change > bound, isImprovement: isCertain && change > bound,
      isUncertain: !isCertain && abs(change) > bound)
    if metric == .passed {
      // A verdict is no sample: the same seed gives the same verdict as long as nothing changes.
      row.isRegression = broken.contains { $0.scenario == scenario }
      row.isImprovement = !row.isRegression && mended.contains { $0.scenario == scenario }
      row.isUncertain = false
      row.interval = nil
    }
    return row
  }
}

import ClusterAPI

// What counts make of metrics and of a run.
extension AnalysisRun {
  /// Brings the phases up to date with the counts (`assessRunStatus`).
  mutating func assess(_ metrics: [AnalysisMetric], isTerminating: Bool) {
    var (isWhole, worst): (Bool, Int?) = (true, nil)
    for (index, metric) in metrics.enumerated() {
      guard var result = results[index] else {
        if !isTerminating { isWhole = false }
        continue
      }
      result.phase = AnalysisRun.phase(of: metric, result, isTerminating)
      results[index] = result
      if !result.phase.isCompleted { isWhole = false }
      guard !metric.isDryRun else { continue }
      if worst.flatMap({ results[$0]?.phase }).map({ $0 < result.phase }) ?? true { worst = index }
    }
    // Metrics of a dry run alone make a run successful.
    guard isWhole, !results.allSatisfy({ $0 == nil }) else {
      phase = .running
      return
    }
    phase = worst.flatMap { results[$0]?.phase } ?? .successful
    self.worst = worst
  }

  /// `assessMetricStatus`
  private static func phase(
    of metric: AnalysisMetric, _ result: Result, _ isTerminating: Bool
  ) -> AnalysisPhase {
    if result.phase.isCompleted { return result.phase }
    if result.consecutiveErrors > metric.consecutiveErrorLimit { return .error }
    if result.inconclusive > metric.inconclusiveLimit { return .inconclusive }
    if metric.failureLimit >= 0, result.failed > metric.failureLimit { return .failed }
    let wanted = metric.consecutiveSuccessLimit
    if wanted > 0, result.consecutiveSuccesses >= wanted { return .successful }
    if let count = metric.count, result.count >= count {
      if wanted == 0 { return .successful }
      return metric.failureLimit < 0 ? .failed : .inconclusive
    }
    return isTerminating ? .successful : .running
  }
}

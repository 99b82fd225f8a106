public import ClusterAPI
import Units

// Measuring.
extension AnalysisRun {
  /// A measurement as it was taken.
  public struct Measurement: Hashable, Sendable {
    /// Index of the metric.
    public var metric: Int
    public var phase: AnalysisPhase
    /// nil: Prometheus could not say.
    public var result: MeasuredResult?
  }

  /// Takes what is due, and judges (`reconcileAnalysisRun`).
  ///
  /// - Parameter isTerminated: `spec.terminate`: nothing more is measured.
  /// - Returns: what was measured, by metric.
  public mutating func reconcile<Input, Memory>(
    _ metrics: [AnalysisMetric], isTerminated: Bool = false, _ pass: inout Pass<Input, Memory>
  ) throws(Suspended) -> [Measurement] {
    if phase.isCompleted { return [] }
    let now = Timestamp(pass.now)
    let started = startedAt ?? now
    startedAt = started
    var taken: [Measurement] = []
    if !isTerminated, !isTerminating(metrics) {
      for (index, metric) in metrics.enumerated() {
        guard let due = due(metric, results[index], started: started), due <= now else { continue }
        let answer = try pass.measureAll(metric.query)
        let phase = metric.phase(of: answer)
        results[index, default: Result(lastFinished: now)].add(phase, at: now)
        taken.append(Measurement(metric: index, phase: phase, result: answer))
      }
    }
    // What ends badly ends the others in the pass that follows at once.
    let wasTerminating = isTerminated || isTerminating(metrics)
    assess(metrics, isTerminating: wasTerminating)
    if !wasTerminating, isTerminating(metrics) { assess(metrics, isTerminating: true) }
    return taken
  }
}

extension [AnalysisRun.Result?] {
  fileprivate subscript(index: Int, default other: AnalysisRun.Result) -> AnalysisRun.Result {
    get { self[index] ?? other }
    set { self[index] = newValue }
  }
}

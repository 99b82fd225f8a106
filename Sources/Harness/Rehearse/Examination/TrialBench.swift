import ClusterAPI
import Units
import Verdict

/// Runs trials for the rules; what was run is kept.
final class TrialBench: Trials {
  private let settings: TrialSettings
  private var runs: [Circumstance: RunTrace] = [:]
  private var fitting: TrialSettings?

  /// For one workload.
  init(_ settings: TrialSettings) { self.settings = settings }

  func run(_ workload: ExaminedWorkload, _ circumstance: Circumstance) -> RunTrace {
    if let run = runs[circumstance] { return run }
    let run = WorkloadTrial(workload, fitting(workload)).run(circumstance)
    runs[circumstance] = run
    return run
  }

  /// Programs that start as the probes let them, and have the memory that they need: that they may not
  /// is what thresholds are about.
  private func fitting(_ workload: ExaminedWorkload) -> TrialSettings {
    if let fitting { return fitting }
    var fitted = settings
    for container in workload.containers {
      if container.livenessProbe == nil && container.startupProbe == nil { continue }
      let bound = threshold(of: .startup, container, in: workload) { $0.isKilledByProbe }
      if let bound { fitted.startUpWithin(.seconds(bound.value)) }
    }
    fitting = fitted
    return fitted
  }

  func threshold(
    of quantity: AssumedQuantity, _ container: Container, in workload: ExaminedWorkload,
    isBad: (RunTrace) -> Bool
  ) -> Threshold? {
    let trial = ContainerTrial(container, of: workload)
    return bisect(quantity) { value in
      let trace = trial.run(quantity, value)
      return isBad(trace) ? trace : nil
    }
  }

  /// Doubles until it is bad, then halves; what takes milliseconds is found to one in a hundred.
  private func bisect(_ quantity: AssumedQuantity, _ probe: (Int64) -> RunTrace?) -> Threshold? {
    let isFine = quantity == .unresponsive || quantity == .probeAnswer
    var (good, bad): (Int64, Int64) = (0, isFine ? 128 : quantity.bounds.lowerBound)
    var found: RunTrace?
    while true {
      if let trace = probe(bad) {
        found = trace
        break
      }
      good = bad
      if bad == quantity.bounds.upperBound { return nil }
      bad = min(bad * 2, quantity.bounds.upperBound)
    }
    while bad - good > (isFine ? max(1, bad / 100) : 1) {
      let middle = good + (bad - good) / 2
      if let trace = probe(middle) { (bad, found) = (middle, trace) } else { good = middle }
    }
    return found.map { Threshold(value: bad, trace: $0) }
  }
}

import Recording
import Units

/// One scenario of a suite over its seeds.
struct ScenarioSummary {
  let scenario: ScenarioRecord
  let runs: [RunRecord]

  static func all(_ suite: SuiteRecord) -> [ScenarioSummary] {
    suite.scenarios.map { scenario in
      ScenarioSummary(
        scenario: scenario, runs: suite.runs.filter { $0.scenario == scenario.name })
    }
  }

  var passed: Int { runs.count { $0.verdict == .passed } }
  var failed: [RunRecord] { runs.filter { $0.verdict != .passed } }

  var verdict: RunRecord.Verdict {
    if failed.isEmpty { return .passed }
    return failed.contains { $0.verdict == .failed } ? .failed : .inconclusive
  }

  /// `92..97`, or one number.
  var scores: String {
    let (low, high) = (runs.map(\.score).min() ?? 0, runs.map(\.score).max() ?? 0)
    return low == high ? "\(low)" : "\(low)..\(high)"
  }

  /// Each outcome once, in the order of the seeds.
  var outcomes: String {
    var seen: [String] = []
    for run in runs {
      let word = Words.outcome(run.outcome)
      if !seen.contains(word) { seen.append(word) }
    }
    return seen.joined(separator: ", ")
  }

  /// The median time from the change to the terminal state.
  var settled: String {
    let times = runs.compactMap(\.settled).sorted()
    return times.isEmpty ? "-" : Words.span(times[times.count / 2])
  }

  var requests: Int64 { runs.reduce(0) { $0 + $1.requests } }
  var failedRequests: Int64 { runs.reduce(0) { $0 + $1.failed } }

  var failedShare: String {
    requests == 0 ? "-" : Words.percent(Ratio(failedRequests, of: requests))
  }

  /// The run that a reader looks at first: one that failed, else the first.
  var shown: RunRecord? { failed.first ?? runs.first }
}

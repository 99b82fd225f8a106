import Recording
import Units

/// One scenario over its seeds.
struct ScenarioSummary {
  let name: String
  /// nil where the suite does not hold the scenario's words.
  let scenario: ScenarioRecord?
  /// By seed; at least one.
  let runs: [RunRecord]

  /// The scenarios of a suite in its order, those without a run left out.
  static func all(_ suite: SuiteRecord) -> [ScenarioSummary] {
    var names: [String] = []
    var runs: [String: [RunRecord]] = [:]
    for run in suite.runs {
      if runs[run.scenario] == nil { names.append(run.scenario) }
      runs[run.scenario, default: []].append(run)
    }
    return names.map { name in
      ScenarioSummary(
        name: name, scenario: suite.scenarios.first { $0.name == name }, runs: runs[name] ?? [])
    }
  }

  var verdict: RunRecord.Verdict {
    let verdicts = runs.map(\.verdict)
    if verdicts.contains(.failed) { return .failed }
    return verdicts.contains(.inconclusive) ? .inconclusive : .passed
  }

  var passed: Int { runs.count { $0.verdict == .passed } }

  var notPassed: [RunRecord] { runs.filter { $0.verdict != .passed } }

  /// The run that tells most: the first that failed, else the first.
  var shown: RunRecord? {
    runs.first { $0.verdict == .failed } ?? notPassed.first ?? runs.first
  }

  var scores: ClosedRange<Int> {
    let scores = runs.map(\.score)
    return (scores.min() ?? 0)...(scores.max() ?? 0)
  }

  /// Each outcome with how many runs had it, in the order of the runs.
  var outcomes: [(outcome: String, runs: Int)] {
    var result: [(outcome: String, runs: Int)] = []
    for outcome in runs.compactMap(\.outcome) {
      if let index = result.firstIndex(where: { $0.outcome == outcome }) {
        result[index].runs += 1
      } else {
        result.append((outcome, 1))
      }
    }
    return result
  }

  /// `rolled back`, or `rolled back 4, stuck 1`.
  var outcomeWords: String {
    let outcomes = outcomes
    if outcomes.isEmpty { return "-" }
    if outcomes.count == 1 { return Words.outcome(outcomes[0].outcome) }
    return outcomes.map { "\(Words.outcome($0.outcome)) \($0.runs)" }.joined(separator: ", ")
  }

  /// The median (the lower of two) over the runs that settled.
  var settled: Span? {
    let spans = runs.compactMap(\.settled).sorted()
    return spans.isEmpty ? nil : spans[(spans.count - 1) / 2]
  }

  var requests: Int64 { runs.reduce(0) { $0 + $1.requests } }
  var failed: Int64 { runs.reduce(0) { $0 + $1.failed } }

  /// Broken invariants over all runs.
  var invariantsBroken: Int {
    runs.reduce(0) { $0 + $1.findings.count { $0.isInvariant && $0.result == "broken" } }
  }
}

extension RunRecord.Finding {
  /// Invariants are named as types are; the other checks as fields of `expect`.
  var isInvariant: Bool { name.first?.isUppercase ?? false }
}

extension SuiteRecord {
  func count(_ verdict: RunRecord.Verdict) -> Int { runs.count { $0.verdict == verdict } }

  var requests: Int64 { runs.reduce(0) { $0 + $1.requests } }
  var failedRequests: Int64 { runs.reduce(0) { $0 + $1.failed } }
  var events: Int64 { runs.reduce(0) { $0 + $1.events } }

  /// `70 runs of 14 scenarios: 68 passed, 1 failed, 1 inconclusive`
  var totals: String {
    let names = Set(runs.map(\.scenario)).count
    var parts = ["\(Words.count(count(.passed))) passed"]
    for verdict in [RunRecord.Verdict.failed, .inconclusive] where count(verdict) > 0 {
      parts.append("\(Words.count(count(verdict))) \(verdict.rawValue)")
    }
    return "\(Words.count(runs.count, "run")) of \(Words.count(names, "scenario")): "
      + parts.joined(separator: ", ")
  }
}

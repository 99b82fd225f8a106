public import Recording
import Units

extension HistoryReport {
  /// One JSON document: `suites`, newest first; one without `finishedAt` runs or was interrupted.
  public static func json(_ suites: [SuiteSummary]) -> String {
    JSONReport.text(["suites": suites.map(suite)])
  }

  /// One JSON document: `runs`, newest first.
  public static func json(_ runs: [RunSummary]) -> String {
    JSONReport.text(["runs": runs.map(run)])
  }

  private static func suite(_ suite: SuiteSummary) -> [String: Any] {
    var fields: [String: Any] = [
      "id": suite.id, "startedAt": suite.startedAt, "version": suite.version,
      "commandLine": suite.commandLine, "scenarios": suite.scenarios, "runs": suite.runs,
      "passed": suite.passed,
    ]
    if let finished = suite.finishedAt { fields["finishedAt"] = finished }
    if let score = suite.meanScore { fields["meanScore"] = score }
    return fields
  }

  private static func run(_ run: RunSummary) -> [String: Any] {
    var fields: [String: Any] = [
      "id": run.id, "suite": run.suite, "startedAt": run.startedAt, "scenario": run.scenario,
      "seed": run.seed, "verdict": run.verdict, "score": run.score, "digest": run.digest,
    ]
    if let outcome = run.outcome { fields["outcome"] = outcome }
    if let settled = run.settled { fields["settledSeconds"] = settled.seconds }
    return fields
  }
}

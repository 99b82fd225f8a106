public import Recording
import Units

extension HistoryReport {
  /// One JSON document: `suites`, newest first; one without `finishedAt` was
  /// interrupted, or, without `interruptedAt`, runs or was killed.
  public static func json(_ suites: [SuiteSummary]) -> String {
    JSONValue.object([("suites", .array(suites.map(suite)))]).text
  }

  /// One JSON document: `runs`, newest first.
  public static func json(_ runs: [RunSummary]) -> String {
    JSONValue.object([("runs", .array(runs.map(run)))]).text
  }

  private static func suite(_ suite: SuiteSummary) -> JSONValue {
    .object(present: [
      ("id", .integer(suite.id)),
      ("startedAt", .string(suite.startedAt)),
      ("finishedAt", .string(orNull: suite.finishedAt)),
      ("interruptedAt", .string(orNull: suite.interruptedAt)),
      ("version", .string(suite.version)),
      ("commandLine", .strings(suite.commandLine)),
      ("scenarios", .integer(suite.scenarios)),
      ("runs", .integer(suite.runs)),
      ("passed", .integer(suite.passed)),
      ("meanScore", .real(suite.meanScore)),
    ])
  }

  private static func run(_ run: RunSummary) -> JSONValue {
    .object(present: [
      ("id", .integer(run.id)),
      ("suite", .integer(run.suite)),
      ("startedAt", .string(run.startedAt)),
      ("scenario", .string(run.scenario)),
      ("seed", .integer(run.seed)),
      ("verdict", .string(run.verdict)),
      ("score", .integer(run.score)),
      ("outcome", .string(orNull: run.outcome)),
      ("settledSeconds", .seconds(run.settled)),
      ("digest", .string(run.digest)),
    ])
  }
}

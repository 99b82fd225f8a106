import ClusterAPI
public import Recording
import Units

/// A suite as one JSON document: `version`, `startedAt`, `commandLine`, `totals`, `runs`.
///
/// Keys keep their order, so that two documents can be compared as text. Times are seconds since
/// the scenario's start; what there is none of is null.
public enum JSONReport {
  public static func json(_ suite: SuiteRecord) -> String {
    JSONValue.object([
      ("version", .string(suite.version)),
      ("startedAt", .string(suite.startedAt)),
      ("commandLine", .strings(suite.commandLine)),
      ("totals", totals(suite)),
      ("runs", .array(suite.runs.map(run))),
    ]).text
  }

  private static func totals(_ suite: SuiteRecord) -> JSONValue {
    .object([
      ("runs", .integer(suite.runs.count)),
      ("passed", .integer(suite.count(.passed))),
      ("failed", .integer(suite.count(.failed))),
      ("inconclusive", .integer(suite.count(.inconclusive))),
      ("requests", .integer(suite.requests)),
      ("failedRequests", .integer(suite.failedRequests)),
      ("events", .integer(suite.events)),
    ])
  }

  static func run(_ run: RunRecord) -> JSONValue {
    .object([
      ("scenario", .string(run.scenario)),
      ("seed", .integer(run.seed)),
      ("verdict", .string(run.verdict.rawValue)),
      ("score", .integer(run.score)),
      ("digest", .string(run.digest)),
      ("outcome", .string(orNull: run.outcome)),
      ("settledSeconds", .seconds(run.settled)),
      ("detectionSeconds", .seconds(run.detection)),
      ("restorationSeconds", .seconds(run.restoration)),
      ("events", .integer(run.events)),
      ("requests", .integer(run.requests)),
      ("failed", .integer(run.failed)),
      ("slow", .integer(run.slow)),
      ("belowMinimumSeconds", .seconds(run.belowMinimum)),
      ("podSeconds", .integer(run.podSeconds)),
      ("pending", .strings(run.pending)),
      ("findings", .array(run.findings.map(finding))),
      ("defects", .array(run.defects.map(defect))),
      ("decisions", .array(run.decisions.map(decision))),
      ("scoreParts", .array(run.scoreParts.map(part))),
    ])
  }

  private static func finding(_ finding: RunRecord.Finding) -> JSONValue {
    .object([
      ("name", .string(finding.name)),
      ("result", .string(finding.result)),
      ("atSeconds", .seconds(finding.at.map { $0 - .zero })),
      ("detail", .string(Words.detail(finding))),
    ])
  }

  private static func defect(_ defect: RunRecord.Defect) -> JSONValue {
    .object([
      ("object", .string(defect.object.description)),
      ("path", .string(defect.path)),
      ("expected", .string(orNull: defect.expected)),
      ("found", .string(orNull: defect.found)),
      ("words", .string(Words.defect(defect))),
    ])
  }

  private static func decision(_ decision: RunRecord.Decision) -> JSONValue {
    .object([
      ("atSeconds", .seconds(decision.at - .zero)),
      ("subject", .string(decision.decision.subject.description)),
      ("revision", .integer(decision.decision.revision)),
      ("taken", .string(decision.taken.rawValue)),
      ("reason", .string(Words.reason(decision.decision.reason))),
      ("harm", .integer(decision.harm)),
      ("otherHarm", decision.otherHarm.map { .integer($0) } ?? .null),
      ("regret", decision.regret.map { .integer($0) } ?? .null),
      ("rating", .string(decision.rating)),
      ("words", .string(Words.decision(decision))),
    ])
  }

  private static func part(_ part: RunRecord.ScorePart) -> JSONValue {
    .object([
      ("name", .string(part.name)),
      ("points", .integer(part.points)),
      ("detail", .string(part.detail)),
    ])
  }
}

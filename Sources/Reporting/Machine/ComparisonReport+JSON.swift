public import Recording

extension ComparisonReport {
  /// One JSON document: the two suites, whether there is a regression, and a row per figure.
  public static func json(_ comparison: Comparison, baseline: Side, candidate: Side) -> String {
    let limits = comparison.thresholds
    return JSONValue.object([
      ("baseline", side(baseline)),
      ("candidate", side(candidate)),
      ("regression", .bool(comparison.hasRegression)),
      (
        "thresholds",
        .object([
          ("score", .real(limits.score)), ("failedRatio", .real(limits.failedRatio)),
          ("seconds", .real(limits.seconds)), ("secondsShare", .real(limits.secondsShare)),
        ])
      ),
      ("rows", .array(comparison.rows.map(row))),
      ("pairs", .integer(comparison.pairs)),
      ("equalDigests", .integer(comparison.equalDigests)),
      ("broken", .array(comparison.broken.map(run))),
      ("mended", .array(comparison.mended.map(run))),
      ("unpaired", .array(comparison.unpaired.map(run))),
      ("onlyInBaseline", .strings(comparison.onlyInBaseline)),
      ("onlyInCandidate", .strings(comparison.onlyInCandidate)),
      ("changedInputs", .strings(comparison.changedInputs)),
    ]).text
  }

  private static func side(_ side: Side) -> JSONValue {
    .object([
      ("name", .string(side.name)), ("startedAt", .string(side.startedAt)),
      ("version", .string(side.version)), ("complete", .bool(side.finishedRuns == nil)),
    ])
  }

  private static func run(_ run: Comparison.Run) -> JSONValue {
    .object([("scenario", .string(run.scenario)), ("seed", .integer(run.seed))])
  }

  private static func row(_ row: Comparison.Row) -> JSONValue {
    .object(present: [
      ("scenario", .string(row.scenario)),
      ("metric", .string(row.metric.rawValue)),
      ("baseline", .real(row.baseline)),
      ("candidate", .real(row.candidate)),
      ("difference", .real(row.difference)),
      ("interval95", .real(row.interval)),
      ("seeds", .integer(row.seeds)),
      ("regression", .bool(row.isRegression)),
      ("improvement", .bool(row.isImprovement)),
      ("uncertain", .bool(row.isUncertain)),
    ])
  }
}

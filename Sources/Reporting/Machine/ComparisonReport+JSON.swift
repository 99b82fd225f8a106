public import Recording

extension ComparisonReport {
  /// One JSON document: the two suites, whether there is a regression, and a row per figure.
  public static func json(_ comparison: Comparison, baseline: Side, candidate: Side) -> String {
    let limits = comparison.thresholds
    let document: [String: Any] = [
      "baseline": side(baseline), "candidate": side(candidate),
      "regression": comparison.hasRegression,
      "thresholds": [
        "score": limits.score, "failedRatio": limits.failedRatio, "seconds": limits.seconds,
        "secondsShare": limits.secondsShare,
      ],
      "rows": comparison.rows.map(row), "pairs": comparison.pairs,
      "equalDigests": comparison.equalDigests, "broken": comparison.broken.map(run),
      "mended": comparison.mended.map(run), "unpaired": comparison.unpaired.map(run),
      "onlyInBaseline": comparison.onlyInBaseline, "onlyInCandidate": comparison.onlyInCandidate,
      "changedInputs": comparison.changedInputs,
    ]
    return JSONReport.text(document)
  }

  private static func side(_ side: Side) -> [String: Any] {
    ["name": side.name, "startedAt": side.startedAt, "version": side.version]
  }

  private static func run(_ run: Comparison.Run) -> [String: Any] {
    ["scenario": run.scenario, "seed": run.seed]
  }

  private static func row(_ row: Comparison.Row) -> [String: Any] {
    var fields: [String: Any] = [
      "scenario": row.scenario, "metric": row.metric.rawValue, "baseline": row.baseline,
      "candidate": row.candidate, "difference": row.difference, "seeds": row.seeds,
      "regression": row.isRegression, "improvement": row.isImprovement,
      "uncertain": row.isUncertain,
    ]
    if let interval = row.interval { fields["interval95"] = interval }
    return fields
  }
}

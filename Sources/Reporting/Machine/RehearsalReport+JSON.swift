import Recording

extension RehearsalReport {
  /// The change, what was assumed, and per situation the runs without and with a rollback guard, as
  /// `wavetank run --output json` writes them.
  static func fields(_ input: Input) -> [(String, JSONValue)] {
    [
      ("workload", .string(input.workload)),
      ("change", .string(input.change)),
      ("assumptions", .strings(input.assumptions)),
      ("manifests", .strings(input.manifests)),
      ("alerts", .strings(input.alerts)),
      ("alertsAnyway", .strings(input.alerts.filter(input.alertsAnyway.contains))),
      ("survived", .integer(input.rows.count { isSurvived($0.plain) })),
      (
        "survivedWithGuard",
        input.rows.allSatisfy { $0.guarded.isEmpty }
          ? .null : .integer(input.rows.count { isSurvived($0.guarded) })
      ),
      ("situations", .array(input.rows.map { situation($0, input) })),
    ]
  }

  private static func situation(_ row: Row, _ input: Input) -> JSONValue {
    .object([
      ("name", .string(row.name)),
      ("title", .string(row.title)),
      ("survivedMeans", .string(row.bar)),
      ("survived", .bool(isSurvived(row.plain))),
      ("survivedWithGuard", row.guarded.isEmpty ? .null : .bool(isSurvived(row.guarded))),
      ("findings", .strings(isSurvived(row.plain) ? [] : row.findings)),
      (
        "alerts",
        .array(
          fired(row, input).map {
            .object([
              ("name", .string($0.name)), ("runs", .integer($0.runs)),
              ("withinSeconds", .seconds($0.after)), ("isPending", .bool($0.isPending)),
            ])
          })
      ),
      ("runs", .array(row.plain.map(JSONReport.run))),
      ("guardedRuns", .array(row.guarded.map(JSONReport.run))),
    ])
  }
}

import Foundation
import SQLite
public import Units

/// A suite without its runs.
public struct SuiteSummary: Codable, Hashable, Sendable {
  public var id: Int64
  public var startedAt: String
  /// nil: it is running, or was interrupted.
  public var finishedAt: String?
  /// When it was told to stop; nil with `finishedAt` nil: it is running, or was killed.
  public var interruptedAt: String?
  public var version: String
  public var commandLine: [String]
  public var scenarios: Int
  public var runs: Int
  public var passed: Int
  /// nil without runs.
  public var meanScore: Double?
}

/// One line of a scenario's history.
public struct RunSummary: Codable, Hashable, Sendable {
  public var id: Int64
  public var suite: Int64
  public var startedAt: String
  public var scenario: String
  public var seed: UInt64
  public var verdict: String
  public var score: Int
  public var outcome: String?
  public var settled: Span?
  public var digest: String
}

extension RecordStore {
  /// The latest suites, newest first.
  public func suites(limit: Int) throws -> [SuiteSummary] {
    try database.rows(
      """
      SELECT suite.id, started_at, finished_at, interrupted_at, version, command_line,
        COUNT(DISTINCT scenario.id), COUNT(run.id), SUM(run.verdict = 'passed'), AVG(run.score)
      FROM suite LEFT JOIN scenario ON scenario.suite = suite.id
        LEFT JOIN run ON run.scenario = scenario.id
      GROUP BY suite.id ORDER BY suite.id DESC LIMIT ?
      """, .integer(Int64(limit))
    ) { row in
      SuiteSummary(
        id: row.integer(0), startedAt: row.text(1), finishedAt: row.optionalText(2),
        interruptedAt: row.optionalText(3), version: row.text(4),
        commandLine: try RecordJSON.decode(row.text(5)), scenarios: Int(row.integer(6)),
        runs: Int(row.integer(7)), passed: Int(row.integer(8)),
        meanScore: row.isNull(9) ? nil : row.real(9))
    }
  }

  /// The latest runs of a scenario, newest first.
  public func runs(of scenario: String, limit: Int) throws -> [RunSummary] {
    try summaries("WHERE scenario.name = ?", .text(scenario), limit)
  }

  /// The runs of a suite, newest first.
  public func runs(in suite: Int64, limit: Int) throws -> [RunSummary] {
    try summaries("WHERE scenario.suite = ?", .integer(suite), limit)
  }

  private func summaries(
    _ condition: String, _ value: SQLValue, _ limit: Int
  ) throws -> [RunSummary] {
    try database.rows(
      """
      SELECT run.id, suite.id, started_at, scenario.name, seed, verdict, score, outcome,
        settled_ns, digest
      FROM run JOIN scenario ON scenario.id = run.scenario JOIN suite ON suite.id = scenario.suite
      \(condition) ORDER BY run.id DESC LIMIT ?
      """, value, .integer(Int64(limit))
    ) { row in
      RunSummary(
        id: row.integer(0), suite: row.integer(1), startedAt: row.text(2), scenario: row.text(3),
        seed: UInt64(bitPattern: row.integer(4)), verdict: row.text(5), score: Int(row.integer(6)),
        outcome: row.optionalText(7), settled: row.optionalInteger(8).map { Span(ns: $0) },
        digest: row.text(9))
    }
  }

  /// How many suites there are, and the numbers of the first and the last; nil without any.
  public func suiteNumbers() throws -> (count: Int, ids: ClosedRange<Int64>)? {
    try numbers("suite")
  }

  /// How many runs there are, and the numbers of the first and the last; nil without any.
  public func runNumbers() throws -> (count: Int, ids: ClosedRange<Int64>)? {
    try numbers("run")
  }

  private func numbers(_ table: String) throws -> (count: Int, ids: ClosedRange<Int64>)? {
    try database.rows("SELECT COUNT(*), MIN(id), MAX(id) FROM \(table)") { row in
      row.integer(0) == 0 ? nil : (Int(row.integer(0)), row.integer(1)...row.integer(2))
    }.first ?? nil
  }

  /// Whether a suite has come to its end.
  ///
  /// - Throws: `RecordingError.noSuite`; `SQLiteError`.
  public func isFinished(_ suite: Int64) throws -> Bool {
    let rows = try database.rows(
      "SELECT finished_at IS NOT NULL FROM suite WHERE id = ?", .integer(suite)
    ) { $0.integer(0) == 1 }
    guard let isFinished = rows.first else { throw RecordingError.noSuite(suite) }
    return isFinished
  }

  /// Names of all scenarios that were ever run, in alphabetical order.
  public func scenarioNames() throws -> [String] {
    try database.rows("SELECT DISTINCT name FROM scenario ORDER BY name") { $0.text(0) }
  }

  /// The id of the latest suite that has come to its end, or of one before it.
  ///
  /// - Parameter back: how many finished suites before the latest.
  public func latestSuite(back: Int = 0) throws -> Int64? {
    try database.rows(
      "SELECT id FROM suite WHERE finished_at IS NOT NULL ORDER BY id DESC LIMIT 1 OFFSET ?",
      .integer(Int64(back))
    ) { $0.integer(0) }.first
  }
}

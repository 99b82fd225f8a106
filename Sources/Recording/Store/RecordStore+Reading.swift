import ClusterAPI
import Compression
import Foundation
import SQLite
public import Units

/// A suite without its runs.
public struct SuiteSummary: Hashable, Sendable {
  public var id: Int64
  public var startedAt: String
  /// nil: it is running, or was interrupted.
  public var finishedAt: String?
  public var version: String
  public var commandLine: [String]
  public var scenarios: Int
  public var runs: Int
  public var passed: Int
  public var meanScore: Double?
}

/// One line of a scenario's history.
public struct RunSummary: Hashable, Sendable {
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
      SELECT suite.id, started_at, finished_at, version, command_line,
        COUNT(DISTINCT scenario.id), COUNT(run.id), SUM(run.verdict = 'passed'), AVG(run.score)
      FROM suite LEFT JOIN scenario ON scenario.suite = suite.id
        LEFT JOIN run ON run.scenario = scenario.id
      GROUP BY suite.id ORDER BY suite.id DESC LIMIT ?
      """, .integer(Int64(limit))
    ) { row in
      SuiteSummary(
        id: row.integer(0), startedAt: row.text(1), finishedAt: row.optionalText(2),
        version: row.text(3), commandLine: try RecordStore.value(row.text(4)),
        scenarios: Int(row.integer(5)), runs: Int(row.integer(6)), passed: Int(row.integer(7)),
        meanScore: row.isNull(8) ? nil : row.real(8))
    }
  }

  /// The latest runs of a scenario, newest first.
  public func runs(of scenario: String, limit: Int) throws -> [RunSummary] {
    try summaries("WHERE scenario.name = ?", .text(scenario), limit)
  }

  /// The runs of a suite, newest first.
  public func runs(in suite: Int64, limit: Int) throws -> [RunSummary] {
    try summaries("WHERE suite.id = ?", .integer(suite), limit)
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

  /// The id of the latest suite that has come to its end.
  public func latestSuite() throws -> Int64? {
    try database.rows(
      "SELECT id FROM suite WHERE finished_at IS NOT NULL ORDER BY id DESC LIMIT 1"
    ) { $0.integer(0) }.first
  }

  /// A suite with all that was recorded of it.
  public func suite(_ id: Int64) throws -> SuiteRecord {
    let rows = try database.rows(
      "SELECT started_at, version, command_line FROM suite WHERE id = ?", .integer(id)
    ) { row in
      SuiteRecord(
        startedAt: row.text(0), version: row.text(1),
        commandLine: try RecordStore.value(row.text(2)), scenarios: [], runs: [])
    }
    guard var suite = rows.first else { throw RecordingError.noSuite(id) }
    let scenarios = try database.rows(
      "SELECT id, name, description, reference FROM scenario WHERE suite = ? ORDER BY id",
      .integer(id)
    ) { row in
      (
        row.integer(0),
        ScenarioRecord(name: row.text(1), description: row.text(2), reference: row.text(3))
      )
    }
    for (scenario, record) in scenarios {
      var record = record
      record.files = try files(of: scenario)
      suite.scenarios.append(record)
      let runs = try database.rows(
        "SELECT id FROM run WHERE scenario = ? ORDER BY id", .integer(scenario)
      ) { $0.integer(0) }
      // Seeds are stored as they finish.
      suite.runs += try runs.map { try run($0) }.sorted { $0.seed < $1.seed }
    }
    return suite
  }

  /// The files that a run was made from.
  public func scenario(ofRun id: Int64) throws -> ScenarioRecord {
    let rows = try database.rows(
      """
      SELECT scenario.id, name, description, reference FROM scenario
      JOIN run ON run.scenario = scenario.id WHERE run.id = ?
      """, .integer(id)
    ) { row in
      (
        row.integer(0),
        ScenarioRecord(name: row.text(1), description: row.text(2), reference: row.text(3))
      )
    }
    guard let (scenario, found) = rows.first else { throw RecordingError.noRun(id) }
    var record = found
    record.files = try files(of: scenario)
    return record
  }

  private func files(of scenario: Int64) throws -> [InputFile] {
    try database.rows(
      """
      SELECT name, content, size FROM scenario_input JOIN input USING (hash)
      WHERE scenario = ? ORDER BY position
      """, .integer(scenario)
    ) { row in
      InputFile(
        name: row.text(0), bytes: try inflate(row.blob(1), bound: Int(row.integer(2)) + 1))
    }
  }

  /// One run with all that was recorded of it.
  public func run(_ id: Int64) throws -> RunRecord {
    let rows = try database.rows(
      """
      SELECT scenario.name, seed, verdict, score, digest, change_at_ns, quiet_from_ns, end_ns,
        outcome, settled_ns, detection_ns, restoration_ns, events, requests, failed, slow,
        below_minimum_ns, pod_seconds, story
      FROM run JOIN scenario ON scenario.id = run.scenario WHERE run.id = ?
      """, .integer(id)
    ) { row in
      guard let verdict = RunRecord.Verdict(rawValue: row.text(2)) else {
        throw RecordingError.damaged("run \(id)")
      }
      var run = RunRecord(
        scenario: row.text(0), seed: UInt64(bitPattern: row.integer(1)), verdict: verdict,
        score: Int(row.integer(3)), digest: row.text(4), changeAt: Instant(ns: row.integer(5)),
        quietFrom: Instant(ns: row.integer(6)), end: Instant(ns: row.integer(7)))
      run.outcome = row.optionalText(8)
      run.settled = row.optionalInteger(9).map { Span(ns: $0) }
      run.detection = row.optionalInteger(10).map { Span(ns: $0) }
      run.restoration = row.optionalInteger(11).map { Span(ns: $0) }
      run.events = row.integer(12)
      run.requests = row.integer(13)
      run.failed = row.integer(14)
      run.slow = row.integer(15)
      run.belowMinimum = Span(ns: row.integer(16))
      run.podSeconds = row.integer(17)
      let story = try JSONDecoder().decode(
        Story.self, from: Data(try inflate(row.blob(18), bound: 1 << 30)))
      run.timeline = story.timeline
      run.pods = story.pods
      run.nodes = story.nodes
      run.pending = story.pending
      return run
    }
    guard var run = rows.first else { throw RecordingError.noRun(id) }
    try readParts(&run, id)
    return run
  }

  private func readParts(_ run: inout RunRecord, _ id: Int64) throws {
    func ordered<Part>(_ columns: String, _ table: String, _ make: (Statement) throws -> Part)
      throws
      -> [Part]
    {
      try database.rows(
        "SELECT \(columns) FROM \(table) WHERE run = ? ORDER BY position", .integer(id), as: make)
    }
    run.findings = try ordered("name, result, at_ns, detail", "finding") { row in
      .init(
        name: row.text(0), result: row.text(1),
        at: row.optionalInteger(2).map { Instant(ns: $0) }, detail: row.text(3))
    }
    run.scoreParts = try ordered("name, points, detail", "component") { row in
      .init(name: row.text(0), points: Int(row.integer(1)), detail: row.text(2))
    }
    run.defects = try ordered("object, path, expected, found", "defect") { row in
      .init(
        object: try RecordStore.value(row.text(0)), path: row.text(1),
        expected: row.optionalText(2), found: row.optionalText(3))
    }
    run.decisions = try ordered("at_ns, decision, taken, harm, other_harm, rating", "decision") {
      row in
      guard let taken = DecisionOption(rawValue: row.text(2)) else {
        throw RecordingError.damaged("run \(id)")
      }
      return .init(
        at: Instant(ns: row.integer(0)), decision: try RecordStore.value(row.text(1)),
        taken: taken, harm: row.integer(3), otherHarm: row.optionalInteger(4),
        rating: row.text(5))
    }
    run.series = try ordered("name, measure, unit, start_ns, interval_ns, samples", "series") {
      row in
      guard let measure = RunRecord.Series.Measure(rawValue: row.text(1)) else {
        throw RecordingError.damaged("run \(id)")
      }
      return .init(
        name: row.text(0), measure: measure, unit: row.text(2),
        start: Instant(ns: row.integer(3)), interval: Span(ns: row.integer(4)),
        values: try Samples.unpack(row.blob(5)))
    }
  }
}

import Compression
import SQLite

extension RecordStore {
  /// How much of a run is read.
  public enum Detail: Sendable {
    /// Verdict, score and numbers: what a comparison needs.
    case figures
    /// All that was recorded.
    case full
  }

  /// A suite as it was recorded, its runs by scenario and seed.
  ///
  /// - Throws: `RecordingError.noSuite`, `.damaged`; `SQLiteError`.
  public func suite(_ id: Int64, detail: Detail = .full) throws -> SuiteRecord {
    let rows = try database.rows(
      "SELECT started_at, version, command_line FROM suite WHERE id = ?", .integer(id)
    ) { row in
      SuiteRecord(
        startedAt: row.text(0), version: row.text(1),
        commandLine: try RecordJSON.decode(row.text(2)), scenarios: [], runs: [])
    }
    guard var suite = rows.first else { throw RecordingError.noSuite(id) }
    for scenario in try scenarios("scenario.suite = ?", id) {
      suite.scenarios.append(scenario.record)
      // Seeds are stored as they finish.
      suite.runs += try runs("run.scenario = ?", scenario.id, detail)
        .sorted { $0.seed < $1.seed }
    }
    return suite
  }

  /// The scenarios of a suite with the files that they were made from.
  ///
  /// - Throws: `RecordingError.noSuite`, `.damaged`; `SQLiteError`.
  public func inputs(of suite: Int64) throws -> [ScenarioRecord] {
    let known = try database.rows("SELECT 1 FROM suite WHERE id = ?", .integer(suite)) { _ in true }
    if known.isEmpty { throw RecordingError.noSuite(suite) }
    return try scenarios("scenario.suite = ?", suite).map(\.record)
  }

  /// The scenario of a run with the files that it was made from.
  public func scenario(ofRun id: Int64) throws -> ScenarioRecord {
    let found = try scenarios("scenario.id = (SELECT scenario FROM run WHERE id = ?)", id)
    guard let scenario = found.first else { throw RecordingError.noRun(id) }
    return scenario.record
  }

  /// One run with all that was recorded of it.
  ///
  /// - Throws: `RecordingError.noRun`, `.damaged`; `SQLiteError`.
  public func run(_ id: Int64) throws -> RunRecord {
    guard let run = try runs("run.id = ?", id, .full).first else { throw RecordingError.noRun(id) }
    return run
  }

  private func scenarios(
    _ condition: String, _ value: Int64
  ) throws -> [(id: Int64, record: ScenarioRecord)] {
    var found = try database.rows(
      "SELECT id, name, description, reference FROM scenario WHERE \(condition) ORDER BY id",
      .integer(value)
    ) { row in
      (
        id: row.integer(0),
        record: ScenarioRecord(
          name: row.text(1), description: row.text(2), reference: row.text(3))
      )
    }
    for index in found.indices { found[index].record.files = try files(of: found[index].id) }
    return found
  }

  private func files(of scenario: Int64) throws -> [InputFile] {
    try database.rows(
      """
      SELECT name, content, size FROM scenario_input JOIN input USING (hash)
      WHERE scenario = ? ORDER BY position
      """, .integer(scenario)
    ) { row in
      let name = row.text(0)
      do {
        let bytes = try inflate(row.blob(1), bound: Int(row.integer(2)))
        return InputFile(name: name, bytes: bytes)
      } catch {
        throw RecordingError.damaged("the file \(name)")
      }
    }
  }
}

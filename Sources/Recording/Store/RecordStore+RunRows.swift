import ClusterAPI
import Compression
import Foundation
import SQLite
import Units

extension RecordStore {
  /// Runs by a condition on their rows, in the order in which they were written.
  func runs(_ condition: String, _ value: Int64, _ detail: Detail) throws -> [RunRecord] {
    var runs = try database.rows(
      """
      SELECT run.id, scenario.name, seed, verdict, score, digest, change_at_ns, quiet_from_ns,
        end_ns, outcome, settled_ns, detection_ns, restoration_ns, events, requests, failed, slow,
        below_minimum_ns, pod_seconds
      FROM run JOIN scenario ON scenario.id = run.scenario WHERE \(condition) ORDER BY run.id
      """, .integer(value)
    ) { row in (id: row.integer(0), run: try figures(row)) }
    if detail == .full {
      for index in runs.indices {
        let id = runs[index].id
        do {
          try readStory(&runs[index].run, id)
          try readParts(&runs[index].run, id)
        } catch let error as SQLiteError {
          throw error
        } catch {
          throw RecordingError.damaged("run \(id)")
        }
      }
    }
    return runs.map(\.run)
  }

  private func figures(_ row: Statement) throws -> RunRecord {
    guard let verdict = RunRecord.Verdict(rawValue: row.text(3)) else {
      throw RecordingError.damaged("run \(row.integer(0))")
    }
    var run = RunRecord(
      scenario: row.text(1), seed: UInt64(bitPattern: row.integer(2)), verdict: verdict,
      score: Int(row.integer(4)), digest: row.text(5), changeAt: Instant(ns: row.integer(6)),
      quietFrom: Instant(ns: row.integer(7)), end: Instant(ns: row.integer(8)))
    run.outcome = row.optionalText(9)
    run.settled = row.optionalInteger(10).map { Span(ns: $0) }
    run.detection = row.optionalInteger(11).map { Span(ns: $0) }
    run.restoration = row.optionalInteger(12).map { Span(ns: $0) }
    run.events = row.integer(13)
    run.requests = row.integer(14)
    run.failed = row.integer(15)
    run.slow = row.integer(16)
    run.belowMinimum = Span(ns: row.integer(17))
    run.podSeconds = row.integer(18)
    return run
  }

  private func readStory(_ run: inout RunRecord, _ id: Int64) throws {
    let rows = try database.rows("SELECT story FROM run WHERE id = ?", .integer(id)) { row in
      let story: Story = try RecordJSON.decode(Data(try inflate(row.blob(0), bound: 1 << 30)))
      return story
    }
    guard let story = rows.first else { throw RecordingError.damaged("run \(id)") }
    run.timeline = story.timeline
    run.pods = story.pods
    run.nodes = story.nodes
    run.pending = story.pending
    run.faults = story.faults ?? []
  }

  private func readParts(_ run: inout RunRecord, _ id: Int64) throws {
    func ordered<Part>(
      _ columns: String, _ table: String, _ make: (Statement) throws -> Part
    ) throws -> [Part] {
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
        object: try RecordJSON.decode(row.text(0)), path: row.text(1),
        expected: row.optionalText(2), found: row.optionalText(3))
    }
    run.decisions = try ordered("at_ns, decision, taken, harm, other_harm, rating", "decision") {
      row in
      guard let taken = DecisionOption(rawValue: row.text(2)) else {
        throw RecordingError.damaged("run \(id)")
      }
      return .init(
        at: Instant(ns: row.integer(0)), decision: try RecordJSON.decode(row.text(1)),
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

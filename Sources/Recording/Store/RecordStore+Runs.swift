import ClusterAPI
import Compression
import Foundation
import SQLite
import Units

extension RecordStore {
  /// Writes a finished run.
  public func add(_ run: RunRecord, to suite: Int64) throws {
    try database.transaction {
      let scenario = try database.rows(
        "SELECT id FROM scenario WHERE suite = ? AND name = ?", .integer(suite),
        .text(run.scenario)
      ) { $0.integer(0) }
      guard let scenario = scenario.first else {
        throw RecordingError.noScenario(run.scenario, suite: suite)
      }
      let story = Story(
        timeline: run.timeline, pods: run.pods, nodes: run.nodes, pending: run.pending,
        faults: run.faults)
      try database.run(
        """
        INSERT INTO run (scenario, seed, verdict, score, digest, outcome, settled_ns, detection_ns,
          restoration_ns, change_at_ns, quiet_from_ns, end_ns, events, requests, failed, slow,
          below_minimum_ns, pod_seconds, story)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
        """,
        .integer(scenario), .integer(Int64(bitPattern: run.seed)), .text(run.verdict.rawValue),
        .integer(Int64(run.score)), .text(run.digest), .text(run.outcome),
        .integer(run.settled?.ns), .integer(run.detection?.ns), .integer(run.restoration?.ns),
        .integer(run.changeAt.ns), .integer(run.quietFrom.ns), .integer(run.end.ns),
        .integer(run.events), .integer(run.requests), .integer(run.failed), .integer(run.slow),
        .integer(run.belowMinimum.ns), .integer(run.podSeconds),
        .blob(try deflate([UInt8](RecordJSON.encode(story)))))
      try addParts(run, database.lastRowID)
    }
  }

  private func addParts(_ run: RunRecord, _ id: Int64) throws {
    for (position, finding) in run.findings.enumerated() {
      try database.run(
        "INSERT INTO finding VALUES (?, ?, ?, ?, ?, ?)", .integer(id),
        .integer(Int64(position)), .text(finding.name), .text(finding.result),
        .integer(finding.at?.ns), .text(finding.detail))
    }
    for (position, part) in run.scoreParts.enumerated() {
      try database.run(
        "INSERT INTO component VALUES (?, ?, ?, ?, ?)", .integer(id), .integer(Int64(position)),
        .text(part.name), .integer(Int64(part.points)), .text(part.detail))
    }
    for (position, defect) in run.defects.enumerated() {
      try database.run(
        "INSERT INTO defect VALUES (?, ?, ?, ?, ?, ?)", .integer(id), .integer(Int64(position)),
        .text(try RecordJSON.text(defect.object)), .text(defect.path), .text(defect.expected),
        .text(defect.found))
    }
    for (position, decision) in run.decisions.enumerated() {
      try database.run(
        "INSERT INTO decision VALUES (?, ?, ?, ?, ?, ?, ?, ?)", .integer(id),
        .integer(Int64(position)), .integer(decision.at.ns), .text(decision.taken.rawValue),
        .text(try RecordJSON.text(decision.decision)), .integer(decision.harm),
        .integer(decision.otherHarm), .text(decision.rating))
    }
    for (position, series) in run.series.enumerated() {
      try database.run(
        "INSERT INTO series VALUES (?, ?, ?, ?, ?, ?, ?, ?)", .integer(id),
        .integer(Int64(position)), .text(series.name), .text(series.measure.rawValue),
        .text(series.unit), .integer(series.start.ns), .integer(series.interval.ns),
        .blob(Samples.pack(series.values)))
    }
  }
}

/// What of a run is read as a whole only.
struct Story: Codable {
  var timeline: [TimelineEntry]
  var pods: [String]
  var nodes: [String]
  var pending: [String]
  /// nil: written by a version that did not keep them.
  var faults: [RunRecord.Fault]?
}

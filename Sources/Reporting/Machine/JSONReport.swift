import ClusterAPI
import Foundation
public import Recording
import Units

/// One JSON document of a suite: `runs`, each with its figures; keys in alphabetical order.
public enum JSONReport {
  public static func json(_ suite: SuiteRecord) -> String {
    let document: [String: Any] = [
      "version": suite.version, "startedAt": suite.startedAt, "runs": suite.runs.map(run),
    ]
    return text(document)
  }

  static func text(_ document: Any) -> String {
    let options: JSONSerialization.WritingOptions = [
      .prettyPrinted, .sortedKeys, .withoutEscapingSlashes,
    ]
    // Strings, numbers, arrays and dictionaries alone are put into the document.
    guard let data = try? JSONSerialization.data(withJSONObject: document, options: options) else {
      preconditionFailure("a report holds what JSON cannot hold")
    }
    return String(decoding: data, as: UTF8.self) + "\n"
  }

  static func run(_ run: RunRecord) -> [String: Any] {
    var row: [String: Any] = [
      "scenario": run.scenario, "seed": run.seed, "verdict": run.verdict.rawValue,
      "score": run.score, "digest": run.digest, "events": run.events, "requests": run.requests,
      "failedRequests": run.failed, "slowRequests": run.slow,
      "belowMinimumSeconds": seconds(run.belowMinimum), "podSeconds": run.podSeconds,
      "pending": run.pending,
      "scoreParts": run.scoreParts.map {
        ["name": $0.name, "points": $0.points, "detail": $0.detail] as [String: Any]
      },
      "findings": run.findings.map(finding), "defects": run.defects.map(defect),
      "decisions": run.decisions.map(decision),
    ]
    if let outcome = run.outcome { row["outcome"] = outcome }
    if let settled = run.settled { row["settledSeconds"] = seconds(settled) }
    if let detection = run.detection { row["detectionSeconds"] = seconds(detection) }
    if let restoration = run.restoration { row["restorationSeconds"] = seconds(restoration) }
    return row
  }

  private static func finding(_ finding: RunRecord.Finding) -> [String: Any] {
    var row: [String: Any] = [
      "name": finding.name, "result": finding.result, "detail": finding.detail,
    ]
    if let at = finding.at { row["atSeconds"] = seconds(Span(ns: at.ns)) }
    return row
  }

  private static func defect(_ defect: RunRecord.Defect) -> [String: Any] {
    var row: [String: Any] = ["object": defect.object.description, "path": defect.path]
    if let expected = defect.expected { row["expected"] = expected }
    if let found = defect.found { row["found"] = found }
    return row
  }

  private static func decision(_ decision: RunRecord.Decision) -> [String: Any] {
    var row: [String: Any] = [
      "atSeconds": seconds(Span(ns: decision.at.ns)),
      "subject": decision.decision.subject.description, "revision": decision.decision.revision,
      "taken": decision.taken.rawValue, "reason": Words.reason(decision.decision.reason),
      "harm": decision.harm, "rating": decision.rating,
    ]
    if let other = decision.otherHarm { row["otherHarm"] = other }
    return row
  }

  /// To the millisecond.
  private static func seconds(_ span: Span) -> Double {
    Double((span.ns + 500_000) / 1_000_000) / 1000
  }
}

import ClusterAPI
import Foundation
import Harness
import Manifests
import Units

/// What a rehearsal prints.
enum RehearsalReport {
  static func text(_ rehearsal: Rehearsal, _ set: ManifestSet, _ runs: [RehearsalRun]) {
    print("deployment/\(rehearsal.deployment.meta.name) to \(rehearsal.image)")
    print("assumed: \(rehearsal.assumedNodes) nodes of 4 cores and 16 GiB; image 200 MiB;")
    print("         start-up 2 s; undone 15 min after the change if it is not complete by then")
    let kept = set.kinds(simulated: false).map(\.name)
    if !kept.isEmpty { print("not simulated: \(kept.joined(separator: ", "))") }
    print("")
    for situation in Situation.allCases {
      line(situation, runs.filter { $0.situation == situation })
    }
  }

  private static func line(_ situation: Situation, _ runs: [RehearsalRun]) {
    let complete = runs.filter(\.complete)
    let worst = runs.map(\.readyMinimum).min() ?? 0
    let wanted = runs.first?.wanted ?? 0
    print("\(situation.rawValue)")
    var text = "  complete in \(complete.count) of \(runs.count) runs"
    if let slowest = complete.compactMap(\.took).max() { text += ", at most \(seconds(slowest))" }
    print("\(text); at worst \(worst) of \(wanted) pods ready")
    if let reason = runs.first(where: { !$0.complete })?.progressReason {
      print("  condition Progressing: \(reason)")
    }
    let restarts = runs.map(\.restarts).max() ?? 0
    if restarts > 0 { print("  up to \(restarts) container restarts") }
    if let message = runs.compactMap(\.unschedulable).first {
      print("  FailedScheduling: \(message)")
    }
    let undone = runs.filter { $0.restored != nil }
    if !undone.isEmpty {
      let restored = undone.count { $0.restored == true }
      let slowest = undone.compactMap(\.undoTook).max()
      let tail = slowest.map { ", all pods ready again after at most \(seconds($0))" } ?? ""
      print("  rollout undo: restored in \(restored) of \(undone.count) runs\(tail)")
    }
  }

  private static func seconds(_ span: Span) -> String {
    let tenths = (span.ns + 50_000_000) / 100_000_000
    return "\(tenths / 10).\(tenths % 10) s"
  }

  /// One document with a row per run.
  static func json(_ runs: [RehearsalRun]) {
    let rows: [[String: Any]] = runs.map { run in
      var row: [String: Any] = [
        "scenario": run.situation.rawValue, "seed": run.seed, "complete": run.complete,
        "readyMinimum": run.readyMinimum, "readyAtEnd": run.readyAtEnd, "wanted": run.wanted,
        "restarts": run.restarts, "digest": run.digest, "events": run.events,
      ]
      if let took = run.took { row["tookSeconds"] = took.seconds }
      if let restored = run.restored { row["restored"] = restored }
      if let undo = run.undoTook { row["undoSeconds"] = undo.seconds }
      if let reason = run.progressReason { row["progressing"] = reason }
      return row
    }
    guard
      let data = try? JSONSerialization.data(
        withJSONObject: ["runs": rows], options: [.prettyPrinted, .sortedKeys]),
      let text = String(data: data, encoding: .utf8)
    else { return }
    print(text)
  }
}

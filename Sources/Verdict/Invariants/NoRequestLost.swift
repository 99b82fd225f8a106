import ClusterAPI
import PromQL
import Units
import World

/// Every request gets an answer from a pod in time: none is refused, reset, shed or timed out.
///
/// An answer of the application with a status of 500 is an answer; objectives bound those.
public enum NoRequestLost: Invariant {
  public static let name = "NoRequestLost"
  public static let documentation =
    "every request is answered by a pod: none is refused, reset, shed by a full queue, timed out "
    + "or without an endpoint"

  public static func check(_ trace: RunTrace) -> Finding {
    guard let seen = trace.seen else { return nothing }
    let requests = seen.requests.total(from: trace.changeAt)
    guard requests > 0 else { return nothing }
    var lost: [String: Int64] = [:]
    var first: Instant?
    for point in seen.lost.points where point.at > trace.changeAt && point.value > 0 {
      lost[point.labels["error_type"], default: 0] += Int64(point.value.rounded())
      let begin = point.at - LoadMetrics.interval
      first = min(first ?? begin, begin)
    }
    if lost.isEmpty {
      return Finding(name, .met, "\(Figures.count(requests, "request")), all answered")
    }
    let causes = lost.sorted { ($1.value, $0.key) < ($0.value, $1.key) }
      .map { "\(Figures.count($0.value)) \(words[$0.key] ?? $0.key)" }
    return Finding(
      name, .broken, at: first,
      "\(Figures.count(lost.values.reduce(0, +))) of \(Figures.count(requests, "request")) lost: "
        + causes.joined(separator: ", "))
  }

  private static let nothing = Finding(name, .inconclusive, "no request ended")

  /// By `error_type`, as clients see it: a Service without endpoints refuses as a process does that does
  /// not listen.
  private static let words = [
    "connection_refused": "refused", "connection_reset": "reset", "503": "met a full queue",
    "timeout": "timed out",
  ]
}

import ClusterAPI
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
    var (requests, lost): (Int64, Int64) = (0, 0)
    var first: Instant?
    var causes = Tally()
    for load in trace.loads {
      for index in load.requests.indices.dropFirst(load.interval(at: trace.changeAt)) {
        let tally = load.requests[index]
        requests += tally.requests
        let here = tally.failed - tally.serverError
        guard here > 0 else { continue }
        lost += here
        let at = load.begin(index)
        first = min(first ?? at, at)
        causes += tally
      }
    }
    guard requests > 0 else { return Finding(name, .inconclusive, "no request ended") }
    if lost == 0 {
      return Finding(name, .met, "\(Figures.count(requests, "request")), all answered")
    }
    return Finding(
      name, .broken, at: first,
      "\(Figures.count(lost)) of \(Figures.count(requests, "request")) lost: \(causes.lostWords)")
  }
}

extension Tally {
  /// Why requests were lost, in figures.
  var lostWords: String {
    let parts: [(Int64, String)] = [
      (refused, "refused"), (reset, "reset"), (overflow, "met a full queue"),
      (noEndpoints, "found no endpoint"), (timeout, "timed out"),
    ]
    return parts.filter { $0.0 > 0 }.map { "\(Figures.count($0.0)) \($0.1)" }.joined(
      separator: ", ")
  }
}

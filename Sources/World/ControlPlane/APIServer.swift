import ClusterAPI
import Kernel
import Units

/// Requests under way between controllers and the API server, and the clients' own limits.
struct APIServer: Sendable {
  struct InFlight: Sendable {
    var controller: UInt8
    var key: UInt32
    var commands: [Command]
    var sideBySide: Bool
    var results: [WriteResult] = []
    /// Asked of the telemetry instead.
    var objective: ObjectiveQuery?
    var answer: ObjectiveAnswer?
    /// The controller has crashed since: whatever is answered, nobody listens.
    var orphaned = false
  }

  var requests = Slots<InFlight>()
  var bucket: TokenBucket
  var addedLatency = Span.zero
  /// Share of requests that are refused.
  var refused = Ratio.zero
  var served: UInt64 = 0
  let service: Span
  /// When it has worked off all that has arrived.
  private var free = Instant.zero

  init(_ latencies: Latencies) {
    bucket = TokenBucket(qps: latencies.controllerQPS, burst: latencies.controllerBurst)
    service = latencies.apiService
  }

  /// When a write that arrives then takes effect.
  mutating func effect(arrival: Instant) -> Instant {
    if service == .zero { return arrival }
    free = max(free, arrival) + service
    return free
  }
}

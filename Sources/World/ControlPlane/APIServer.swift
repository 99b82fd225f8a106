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
    /// Read instead.
    var query: Query?
    var found: QueryResult?
    /// PromQL, asked of Prometheus instead, and its answer once it is there.
    var measured: String?
    var result: MeasuredResult??
    /// The controller has crashed since: whatever is answered, nobody listens.
    var orphaned = false
  }

  var requests = Slots<InFlight>()
  var bucket: TokenBucket
  var addedLatency = Span.zero
  /// Share of requests that are refused.
  var refused = Ratio.zero
  var served: UInt64 = 0
  private let request: Distribution
  private let service: Distribution
  private let seed: UInt64
  /// Draws so far.
  private var drawn: UInt64 = 0
  /// When it has worked off all that has arrived.
  private var free = Instant.zero

  init(_ latencies: Latencies, seed: UInt64) {
    self.seed = seed
    bucket = TokenBucket(qps: latencies.controllerQPS, burst: latencies.controllerBurst)
    request = APIServer.delay(latencies.apiRequest, p99: latencies.apiRequestP99)
    service = APIServer.delay(latencies.apiService, p99: latencies.apiServiceP99)
  }

  private static func delay(_ median: Span, p99: Span) -> Distribution {
    median > .zero && p99 > median ? .lognormal(median: median, p99: p99) : .constant(median)
  }

  /// How long the next request, or an answer, is under way.
  mutating func leg(_ slowness: Double) -> Span { draw(request, slowness) + addedLatency }

  private mutating func draw(_ distribution: Distribution, _ slowness: Double) -> Span {
    if slowness != 1 { return draw(distribution, 1).slowed(slowness) }
    if case .constant(let span) = distribution { return span }
    drawn += 1
    let u = RandomStream.uniformOpen(
      Kernel.draw(seed: seed, purpose: DrawPurpose.api.rawValue, cause: drawn, index: 0))
    return distribution.sample(uniform: u)
  }

  /// Writes wait for each other.
  var isSerial: Bool { service != .constant(.zero) }

  /// When a write that arrives then takes effect.
  mutating func effect(arrival: Instant, _ slowness: Double) -> Instant {
    guard isSerial else { return arrival }
    free = max(free, arrival) + draw(service, slowness)
    return free
  }
}

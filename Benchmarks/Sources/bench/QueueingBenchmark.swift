import Kernel
import Units

/// M/M/1 at a load of 0.8: Poisson arrivals, one server, exponential service, first come first served.
///
/// The note is the mean sojourn in units of the mean service time; theory says 5.
struct QueueingBenchmark: Benchmark {
  static let name = "mm1"
  static let usage = "<customers>"

  private let customers: Int

  init(arguments: [String]) throws(BadArguments) {
    guard let first = arguments.first, let customers = Int(first) else {
      throw BadArguments(reason: "the number of customers is needed")
    }
    self.customers = customers
  }

  func run() -> Measurement {
    let start = ThreadClock.nanoseconds
    var server = Server(customers: customers)
    server.run()
    let end = ThreadClock.nanoseconds
    let sojourn = Double(server.sojourn) / Double(customers) / 1e9
    return Measurement(
      operations: customers, nanoseconds: end - start, check: "\(server.sojourn)",
      note: "mean sojourn \(sojourn)")
  }
}

/// The queueing station and its two event kinds.
private struct Server: ~Copyable {
  enum Kind: UInt8 { case arrival, departure }

  private var queue = EventQueue()
  /// Times of arrival of those present, first come first; a ring of a power of two.
  private var present = [Int64](repeating: 0, count: 1 << 10)
  private var first = 0
  private var count = 0
  private var arrivals = RandomStream(seed: 1, purpose: 1, cause: 0)
  private var services = RandomStream(seed: 1, purpose: 2, cause: 0)
  private var remaining: Int
  private let between = Distribution.exponential(mean: Span(ns: 1_250_000_000))
  private let service = Distribution.exponential(mean: Span(ns: 1_000_000_000))
  /// Drawn before they are needed, so that nothing waits for their logarithms.
  private var nextGap = Span.zero
  private var nextService = Span.zero
  /// Sum over all customers in nanoseconds.
  private(set) var sojourn: Int64 = 0

  init(customers: Int) {
    remaining = customers
    nextGap = between.sample(&arrivals)
    nextService = service.sample(&services)
  }

  mutating func run() {
    scheduleArrival(from: .zero)
    while let (event, now) = queue.pop() {
      switch Kind(rawValue: event.kind) {
      case .arrival: arrive(now)
      case .departure: depart(now)
      case nil: preconditionFailure("mm1: event of kind \(event.kind)")
      }
    }
  }

  @inline(__always)
  private mutating func arrive(_ now: Instant) {
    if count == present.count { enlarge() }
    present[(first &+ count) & (present.count &- 1)] = now.ns
    count &+= 1
    if count == 1 { scheduleDeparture(from: now) }
    scheduleArrival(from: now)
  }

  @inline(__always)
  private mutating func depart(_ now: Instant) {
    sojourn &+= now.ns &- present[first]
    first = (first &+ 1) & (present.count &- 1)
    count &-= 1
    if count > 0 { scheduleDeparture(from: now) }
  }

  @inline(__always)
  private mutating func scheduleArrival(from now: Instant) {
    guard remaining > 0 else { return }
    remaining &-= 1
    let at = now + nextGap
    nextGap = between.sample(&arrivals)
    queue.push(Event(kind: Kind.arrival.rawValue, slot: 0), at: at, priority: 0)
  }

  @inline(__always)
  private mutating func scheduleDeparture(from now: Instant) {
    let at = now + nextService
    nextService = service.sample(&services)
    queue.push(Event(kind: Kind.departure.rawValue, slot: 0), at: at, priority: 0)
  }

  private mutating func enlarge() {
    let ordered = (0..<count).map { present[(first + $0) & (present.count - 1)] }
    present = ordered + [Int64](repeating: 0, count: count)
    first = 0
  }
}

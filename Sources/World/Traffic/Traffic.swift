import ClusterAPI
public import Kernel
public import Units

/// Requests from clients to pods, each simulated: arrival, balancing, queueing, service, time-out, retry.
///
/// A value without classes and closures, in columns by dense id; the world holds one, tells it which
/// processes run and which endpoints each gateway sees, and gives it the events of `TrafficEvent`.
/// Every draw is named by (seed, load, number of the request, attempt): a pod or a load more changes
/// no other load's draws. A usual request takes three events.
///
/// Not copyable, so that no handler copies it unseen: `fork()` is the only copy.
public struct Traffic: ~Copyable, Sendable {
  /// Class of every traffic event: what happens to processes comes first.
  ///
  /// So `setFactor`, `killServer` and `probe` are called from handlers of this class or earlier ones.
  public static var priority: UInt8 { 2 }

  let seed: UInt64
  let interval: Span
  let hop: Int64
  var loads = Column<Load>()
  var views = Column<View>()
  var servers = Column<Server>()
  var work = Column<Server.Work>()
  /// By pod: sent to it by a gateway and not yet ended; apart, as balancing looks at nothing else.
  var outstanding = Column<Int32>()
  /// What pods without a process do, and each behaviour that some process has had.
  var behaviours = [ServerBehaviour(serviceTime: .constant(.zero))]
  var requests = RequestSlab()
  /// The revision of each counters' group.
  var groups: [UInt32] = []
  /// Those of loads and of their revisions, and the histograms of the running intervals.
  var counters = Column<Counters>()
  var buckets = Column<UInt32>()
  /// Whether anybody reads what pods show of requests.
  var hasMeters = false
  /// Whether anybody reads what clients show of loads, and of each revision.
  var metersLoads = false
  var metersRevisions = false
  var meters: MeterBook
  /// Whose each row of `counters` is.
  var counted: [(load: LoadID, revision: UInt32?)] = []

  struct Load: Sendable {
    var seed: UInt64
    /// The stream of the next request's first attempt, whose first draw is the wait for it, and that of
    /// the one after it.
    var stream: UInt64 = 0
    var following: UInt64 = 0
    /// By how much the curve's integral grows between the two: drawn one request ahead, so that nothing
    /// waits for the logarithm.
    var wait = 0.0
    var name: UInt64
    var arrivals: Arrivals
    var poisson: Bool
    var timeout: Int64
    var retries: UInt8
    var retryDelay: Int64
    var balancing: Balancing
    var gateways: UInt64
    var firstView: Int
    /// Number of the next request.
    var number: UInt64 = 0
    var generation: UInt16 = 0
    /// Its row in `Traffic.counters`.
    var counters: Int
    /// The rows of its revisions by group; -1: that group never served this load.
    var revisions: [Int32] = []
  }

  /// The endpoints that one gateway of a load sees.
  struct View: Sendable {
    var endpoints: [UInt32] = []
    var turn = 0
  }

  /// What is drawn for a load.
  enum Purpose: UInt64 {
    case load = 0x7472_6166_0001
    /// Plus the attempt's number.
    case attempt = 0x7472_6166_0100
  }

  /// - Parameters:
  ///   - interval: length of the counters' intervals.
  ///   - hop: between a gateway and a pod, one way.
  public init(seed: UInt64, interval: Span, hop: Span = .microseconds(250)) {
    self.seed = seed
    self.interval = interval
    self.hop = hop.ns
    meters = MeterBook(interval: interval)
  }

  /// Traffic that is alike in everything and goes its own way from here.
  public func fork() -> Traffic {
    var copy = Traffic(seed: seed, interval: interval, hop: Span(ns: hop))
    copy.loads = loads.fork()
    copy.views = views.fork()
    copy.servers = servers.fork()
    copy.work = work.fork()
    copy.outstanding = outstanding.fork()
    copy.behaviours = behaviours
    copy.requests = requests.fork()
    copy.groups = groups
    copy.counters = counters.fork()
    copy.buckets = buckets.fork()
    copy.hasMeters = hasMeters
    copy.metersLoads = metersLoads
    copy.metersRevisions = metersRevisions
    copy.meters = meters
    copy.counted = counted
    return copy
  }

  /// Adds a load; its requests begin with `start`.
  public mutating func addLoad(_ spec: LoadSpec) -> LoadID {
    precondition(spec.gateways > 0, "a load needs a gateway")
    precondition(loads.count < Int(RequestRow.probe), "more loads than 65,534")
    var cause = CauseHash().with(spec.service.namespace).with(spec.service.name)
    let name = cause.value
    cause.combine(loads.indices.count { loads[$0].name == name })
    let counters = addCounters(LoadID(loads.count), nil)
    loads.append(
      Load(
        seed: draw(seed: seed, purpose: Purpose.load.rawValue, cause: cause.value, index: 0),
        name: name, arrivals: Arrivals(spec.curve), poisson: spec.poisson,
        timeout: spec.timeout?.ns ?? .max, retries: UInt8(clamping: spec.retries),
        retryDelay: spec.retryDelay.ns, balancing: spec.balancing,
        gateways: UInt64(spec.gateways), firstView: views.count,
        counters: counters))
    for _ in 0..<spec.gateways { views.append(View()) }
    return LoadID(loads.count - 1)
  }

  public var loadCount: Int { loads.count }

  /// Attempts under way, those included that are served on without a client.
  public var requestsInFlight: Int { requests.count }

  /// Pushes the first arrival of every load.
  public mutating func start(_ queue: inout EventQueue) {
    for index in loads.indices {
      prepare(index, loads[index].number)
      let wait = step(index)
      let first = loads[index].arrivals.next(from: queue.now.ns, amount: wait)
      arm(index, first, &queue)
    }
  }

  /// Multiplies a load's curve from now on (a spike); draws stay as they were.
  public mutating func setFactor(_ load: LoadID, _ factor: Ratio, _ queue: inout EventQueue) {
    precondition(factor >= .zero, "a load's factor is below zero")
    let index = load.index
    loads[index].generation &+= 1
    let next = loads[index].arrivals.change(factor: factor.value, at: queue.now.ns)
    arm(index, next, &queue)
  }

  /// The ready endpoints that a gateway's proxy sees from now on.
  public mutating func setEndpoints(_ load: LoadID, gateway: Int, ready: [PodID]) {
    precondition(
      gateway >= 0 && gateway < Int(loads[load.index].gateways), "no gateway \(gateway)")
    let view = loads[load.index].firstView + gateway
    views[view].endpoints = ready.map(\.raw)
    if let last = ready.max() { reserve(last) }
  }

  /// Counters of one more load or revision; returns their row.
  mutating func addCounters(_ load: LoadID, _ revision: UInt32?) -> Int {
    counted.append((load, revision))
    counters.append(Counters(interval: interval, first: buckets.count))
    buckets.append(repeating: 0, count: LatencyBuckets.count)
    return counters.count - 1
  }

  /// Goes on to the load's next request; returns by how much the curve's integral grows until then.
  @inline(__always)
  mutating func step(_ load: Int) -> Double {
    let wait = loads[load].wait
    loads[load].stream = loads[load].following
    prepare(load, loads[load].number + 1)
    return wait
  }

  /// Draws the wait for a request, and keeps where its stream goes on.
  @inline(__always)
  private mutating func prepare(_ load: Int, _ number: UInt64) {
    var stream = RandomStream(
      seed: loads[load].seed, purpose: Purpose.attempt.rawValue, cause: number)
    let u = stream.uniformOpen()
    loads[load].following = stream.state
    loads[load].wait = loads[load].poisson ? -Math.log(u) : 1
  }

  @inline(__always)
  func arm(_ load: Int, _ at: Int64?, _ queue: inout EventQueue) {
    guard let at else { return }
    queue.push(
      Event(
        kind: TrafficEvent.arrives.rawValue, slot: UInt32(load),
        generation: loads[load].generation),
      at: Instant(ns: at), priority: Traffic.priority)
  }
}

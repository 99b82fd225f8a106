public import Kernel
public import Units

/// How the process in a pod serves requests.
public struct ServerBehaviour: Equatable, Sendable {
  /// Work of one request, without waiting.
  public var serviceTime: Distribution
  /// Requests served side by side.
  public var concurrency: Int
  /// Places for further ones.
  public var queueLimit: Int
  /// Share of requests answered with a server error.
  public var errors: Ratio
  /// CPU time of one request.
  public var cpuPerRequest: Span
  /// Multiplies the service time.
  public var slowdown: Ratio
  public var memory: MemoryProfile

  public init(
    serviceTime: Distribution, concurrency: Int = 16, queueLimit: Int = 1000,
    errors: Ratio = .zero, cpuPerRequest: Span = .zero, slowdown: Ratio = .one,
    memory: MemoryProfile = MemoryProfile()
  ) {
    self.serviceTime = serviceTime
    self.concurrency = concurrency
    self.queueLimit = queueLimit
    self.errors = errors
    self.cpuPerRequest = cpuPerRequest
    self.slowdown = slowdown
    self.memory = memory
  }

  public init(_ profile: ImageProfile) {
    self.init(
      serviceTime: profile.serviceTime, concurrency: profile.concurrency,
      queueLimit: profile.queueLimit, errors: profile.errors,
      cpuPerRequest: profile.cpuPerRequest, memory: profile.memory)
  }
}

/// One process that serves requests: its limits, its queue and what it has used.
struct Server: Sendable {
  /// Its row in `Traffic.behaviours`.
  private var behaviourRow: UInt32 = 0
  /// Its counters' group.
  var group: UInt32 = .max
  var alive = false
  var accepting = false
  var draining = false
  /// Its machine is off: nobody answers.
  var unreachable = false
  /// Whether the world wants to be told, once, that a probe would have to wait.
  var watched = false
  /// Whether deadlines in the queue may not be in order.
  var mixedDeadlines = false
  var timerGeneration: UInt16 = 0
  var busy: Int32 = 0
  var waiting: Int32 = 0
  /// First of those being served; first and last of those waiting.
  var servingHead = RequestSlab.none
  var waitingHead = RequestSlab.none
  var waitingTail = RequestSlab.none
  /// When its timer for waiting clients fires; `.max`: not set.
  var timer = Int64.max
  var memoryLimit = Int64.max
  /// Thousandths of a core that it may use; 0: as much as it likes.
  private var rate: Int64 = 0

  /// How long one request keeps the CPU at that rate.
  var cpuCost: Int64 = 0
  /// When the CPU will have done all work given to it.
  var cpuFree: Int64 = 0
  /// CPU time of all work given to it.
  var cpuCharged: Int64 = 0
  var leaked: Int64 = 0

  init() {}

  /// Its row in `Traffic.behaviours`.
  @inline(__always)
  var behaviour: Int {
    get { Int(behaviourRow) }
    set { behaviourRow = UInt32(newValue) }
  }

  /// Cores it may use; nil: as many as it likes.
  @inline(__always)
  var cpuRate: MilliCPU? { rate == 0 ? nil : MilliCPU(rate) }

  /// Gives the CPU the work of one request whose service alone ends at `end`.
  ///
  /// - Returns: when both the service and the CPU are done with it.
  @inline(__always)
  mutating func charge(_ cost: Int64, at: Int64, until end: Int64) -> Int64 {
    // A request without CPU time leaves the CPU's state, which lies in another line of memory.
    if cost == 0 && cpuRate == nil { return max(end, at) }
    cpuCharged += cost
    cpuFree = max(cpuFree, at) + cpuCost
    return cpuRate == nil ? max(end, at) : max(end, cpuFree)
  }

  /// Puts a request at the head of those being served; returns the one that was there.
  @inline(__always)
  mutating func begin(_ row: UInt32) -> UInt32 {
    let head = servingHead
    servingHead = row
    busy += 1
    return head
  }

  mutating func setRate(_ rate: MilliCPU?, cost: Span) {
    self.rate = rate?.count ?? 0
    guard let rate else {
      cpuCost = 0
      return
    }
    precondition(rate > .zero, "a server's CPU rate is not above zero")
    cpuCost = cost.ns * 1000 / rate.count
  }

  /// Whether a probe would have to wait: for its turn, or for the CPU long enough to matter.
  @inline(__always)
  func isPressed(_ at: Int64) -> Bool { waiting > 0 || cpuFree - at > 500_000_000 }
}

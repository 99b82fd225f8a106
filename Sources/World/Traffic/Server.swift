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

/// One process that serves requests: its limits and its queue, in 64 bytes. `Work` is apart: most
/// requests do not look at it.
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
  /// Whether `Work.memoryLimit` is one.
  var hasMemoryLimit = false
  /// When its timer for waiting clients fires; `.max`: not set.
  var timer = Int64.max
  /// CPU time of all work given to it, in nanoseconds.
  var charged: Int64 = 0
  /// Thousandths of a core that it may use; 0: as much as it likes.
  private var rate: Int64 = 0

  /// What the limits of a process need, in nanoseconds of CPU time and in bytes.
  struct Work: Sendable {
    /// How long one request keeps the CPU at its rate.
    var cost: Int64 = 0
    /// When the CPU will have done all work given to it.
    var free: Int64 = 0
    var memoryLimit = Int64.max
    var leaked: Int64 = 0
  }

  init() {}

  /// Its row in `Traffic.behaviours`.
  @inline(__always)
  var behaviour: Int {
    get { Int(behaviourRow) }
    set { behaviourRow = UInt32(newValue) }
  }

  /// Cores it may use; nil: as many as it likes.
  @inline(__always)
  var cpuRate: MilliCPU? {
    get { rate == 0 ? nil : MilliCPU(rate) }
    set { rate = newValue?.count ?? 0 }
  }

  /// Puts a request at the head of those being served; returns the one that was there.
  @inline(__always)
  mutating func begin(_ row: UInt32) -> UInt32 {
    let head = servingHead
    servingHead = row
    busy += 1
    return head
  }
}

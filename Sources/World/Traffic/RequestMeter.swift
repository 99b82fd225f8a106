import Kernel
import Units

/// The counters of whoever sees requests, as a metrics endpoint would show them: of a pod's processes,
/// or of the clients of a load.
///
/// A row is noted at the end of each interval in which something changed, and when a process ends.
/// Values count over all processes of a pod; a row leaves out those before on request.
struct RequestMeter: Sendable {
  /// What is observed: how attempts ended, each with its latency, and parts of it.
  enum Observation: Int, Sendable, CaseIterable {
    /// Answers 200, 500 and 503 (no place in the queue), and requests whose client had gone.
    case ok, serverError, overflow, clientGone
    /// What no process answered.
    case refused, reset, noEndpoints
    /// Of answers 200: the wait for the beginning of the service, and for the first token.
    case queueTime, firstToken

    init(_ outcome: RequestOutcome) {
      self =
        switch outcome {
        case .ok: .ok
        case .serverError: .serverError
        case .overflow: .overflow
        case .timeout: .clientGone
        case .refused: .refused
        case .reset: .reset
        case .noEndpoints: .noEndpoints
        }
    }
  }

  /// Of a row; the observations that were made follow, each with its number, the nanoseconds of all of
  /// them, and how many lie above one bound and not above the next.
  enum Field: Int, Sendable, CaseIterable {
    /// Nanoseconds since the first instant.
    case at
    /// Bits of `Observation`.
    case observed
    /// Processes that have ended.
    case ended
    /// Nanoseconds of CPU time.
    case cpu
    /// Bytes that the process holds.
    case memory
    /// Requests in service and waiting.
    case serving, waiting
    /// Nanoseconds in which at least one request was in service.
    case busy
    /// `ThrottleMeter`
    case periods, throttledPeriods, throttled
  }

  /// What is to be counted of a pod.
  struct Plan: Hashable, Sendable {
    /// Upper bounds of all histograms that anybody shows of it, ascending.
    var bounds: [Span]
    /// The share of the service after which the first token comes; nil: nobody asks.
    var firstToken: Ratio?
    /// The CPU limit of its container.
    var cpuLimit: MilliCPU?
  }

  let plan: Plan
  private(set) var rows: MeterRows
  private var fields = [Int64](repeating: 0, count: Field.allCases.count)
  /// Blocks of the observations that were made, in their order.
  private var blocks: [Int64] = []
  private var throttle = ThrottleMeter()
  /// Whether something was counted in the running interval.
  private(set) var isOpen = false
  /// Whether anything was ever counted.
  private var hasCounted = false
  /// Since when `serving` has been what it is.
  private var since: Int64 = 0

  init(_ plan: Plan) {
    self.plan = plan
    rows = MeterRows(bounds: plan.bounds.count)
  }

  subscript(field: Field) -> Int64 {
    get { fields[field.rawValue] }
    set { fields[field.rawValue] = newValue }
  }

  static func blockWidth(_ bounds: Int) -> Int { 2 + bounds }

  /// Something is about to be counted.
  mutating func open() { (isOpen, hasCounted) = (true, true) }

  /// An interval in which something was counted is over.
  mutating func close(_ at: Int64) {
    isOpen = false
    note(at)
  }

  mutating func forgetRows(before position: Int) { rows.forget(before: position) }

  private mutating func note(_ at: Int64) {
    countBusy(until: at)
    throttle.settle(until: at)
    self[.at] = at
    self[.periods] = throttle.periods
    self[.throttledPeriods] = throttle.throttledPeriods
    self[.throttled] = throttle.throttled
    rows.append(fields, blocks)
  }

  mutating func observe(_ observation: Observation, _ latency: Int64) {
    let bit = Int64(1) << Int64(observation.rawValue)
    let width = RequestMeter.blockWidth(plan.bounds.count)
    let base = (self[.observed] & (bit - 1)).nonzeroBitCount * width
    if self[.observed] & bit == 0 {
      self[.observed] |= bit
      blocks.insert(contentsOf: repeatElement(0, count: width), at: base)
    }
    blocks[base] += 1
    blocks[base + 1] += latency
    let bucket = bucket(latency)
    if bucket < plan.bounds.count { blocks[base + 2 + bucket] += 1 }
  }

  /// The first bound that is not below a latency.
  private func bucket(_ latency: Int64) -> Int {
    var (low, high) = (0, plan.bounds.count)
    while low < high {
      let middle = (low + high) / 2
      if latency > plan.bounds[middle].ns { low = middle + 1 } else { high = middle }
    }
    return low
  }

  /// What a process does.
  struct Use: Sendable {
    var cpu: Int64
    var memory: Int64
    var serving: Int64
    var waiting: Int64
  }

  /// What the process does from now on.
  mutating func use(_ use: Use, at: Int64) {
    countBusy(until: at)
    self[.cpu] = use.cpu
    self[.memory] = use.memory
    self[.serving] = use.serving
    self[.waiting] = use.waiting
  }

  private mutating func countBusy(until at: Int64) {
    if self[.serving] > 0, at > since { self[.busy] += at - since }
    since = max(since, at)
  }

  /// The CPU is given work for `from..<until`, which makes an answer later by `delay`.
  mutating func charge(from: Int64, until: Int64, delay: Int64) {
    throttle.charge(from: from, until: until, delay: delay)
  }

  /// The process is gone, with all that it held; false when nothing was ever counted.
  mutating func endProcess(at: Int64) -> Bool {
    guard hasCounted else { return false }
    throttle.stop(at)
    note(at)
    rows.endProcess()
    use(Use(cpu: self[.cpu], memory: 0, serving: 0, waiting: 0), at: at)
    self[.ended] += 1
    return true
  }

  /// The pod's machine is off, and all that ran in its sandbox is gone; `endProcess` came before.
  mutating func endSandbox() { rows.endSandbox() }
}

/// When a CPU limit held the process up, as the kernel counts it (`cpu.stat`): in periods of 100 ms.
///
/// The model gives the CPU to requests one after another, at the rate of the limit. A period counts where
/// some of it was used, and as throttled where all of it was: the quota was used up, and more was to
/// do. The time throttled is that by which answers were later than their service alone.
struct ThrottleMeter: Sendable {
  static var period: Int64 { 100_000_000 }

  private(set) var periods: Int64 = 0
  private(set) var throttledPeriods: Int64 = 0
  /// Nanoseconds.
  private(set) var throttled: Int64 = 0
  /// The latest time in which the CPU was used without a break.
  private var from: Int64 = 0
  private var until: Int64 = 0
  /// Periods before this one have been counted.
  private var next: Int64 = 0

  mutating func charge(from: Int64, until: Int64, delay: Int64) {
    if from > self.until {
      settle(until: from)
      self.from = from
    }
    self.until = max(self.until, until)
    throttled += delay
  }

  /// The process is gone, and with it the work that it had.
  mutating func stop(_ at: Int64) {
    settle(until: at)
    until = min(until, at)
  }

  /// Counts the periods that are over.
  mutating func settle(until now: Int64) {
    let period = ThrottleMeter.period
    let over = now / period
    let (first, last) = (from / period, (until + period - 1) / period)
    periods += max(0, min(over, last) - max(next, first))
    let (firstFull, lastFull) = ((from + period - 1) / period, until / period)
    throttledPeriods += max(0, min(over, lastFull) - max(next, firstFull))
    next = max(next, over)
  }
}

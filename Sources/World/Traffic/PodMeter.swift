import Kernel
public import Units

/// The counters of a pod's own process, as its metrics endpoint would show them.
///
/// Values count from the start of the process; a row is noted at the end of each interval in which
/// something changed, so that a row below the one before it tells of a restart.
public struct PodMeter: Sendable {
  /// Of a row; the buckets of `bounds` follow, each with the requests up to its bound.
  public enum Field: Int, Sendable, CaseIterable {
    /// Nanoseconds since the first instant.
    case at
    /// Answers 200, 500 and 503, and requests whose client had gone (499).
    case ok, serverError, overflow, clientGone
    /// Nanoseconds, over all answers of 200.
    case latencySum
    /// Nanoseconds of CPU time.
    case cpu
    /// Bytes that the process held.
    case memory
  }

  /// Upper bounds of the latency buckets (client_golang's `DefBuckets`).
  public static let bounds: [Span] = [5, 10, 25, 50, 100, 250, 500, 1000, 2500, 5000, 10_000]
    .map { .milliseconds($0) }
  public static let width = Field.allCases.count + bounds.count

  /// Row by row, each `width` long.
  private(set) var rows = History<Int64>()
  private var running = [Int64](repeating: 0, count: PodMeter.width)
  /// Where the running interval ends; 0: nothing has been counted.
  private var end: Int64 = 0
  /// CPU time of the processes before this one.
  private var usedBefore: Int64 = 0

  subscript(field: Field) -> Int64 {
    get { running[field.rawValue] }
    set { running[field.rawValue] = newValue }
  }

  mutating func advance(to at: Int64, interval: Int64) {
    guard at >= end else { return }
    if end > 0 { note() }
    end = (at / interval + 1) * interval
  }

  private mutating func note() {
    running[Field.at.rawValue] = end
    for value in running { rows.append(value) }
  }

  mutating func count(_ outcome: RequestOutcome, latency: Int64) {
    switch outcome {
    case .ok:
      self[.ok] += 1
      self[.latencySum] += latency
      var bucket = PodMeter.bounds.count - 1
      while bucket >= 0, latency <= PodMeter.bounds[bucket].ns {
        running[Field.allCases.count + bucket] += 1
        bucket -= 1
      }
    case .serverError: self[.serverError] += 1
    case .overflow: self[.overflow] += 1
    case .timeout: self[.clientGone] += 1
    // Nobody was there to count it.
    case .refused, .reset, .noEndpoints: break
    }
  }

  mutating func use(cpu: Int64, memory: Int64) {
    self[.cpu] = cpu - usedBefore
    self[.memory] = memory
  }

  /// A process that begins has counted nothing.
  mutating func restart(usedBefore: Int64) {
    self.usedBefore = usedBefore
    for index in running.indices { running[index] = 0 }
  }

  /// All rows, the running one last.
  func allRows() -> [Int64] {
    guard end > 0 else { return [] }
    var last = self
    last.note()
    return Array(last.rows)
  }
}

extension Traffic {
  /// From now on what each pod does is noted, for whoever reads metrics.
  public mutating func startMeters() { hasMeters = true }

  /// Rows of `PodMeter`, one after another; empty where nothing was counted.
  public func meterRows(_ pod: PodID) -> [Int64] {
    pod.index < meters.count ? meters[pod.index].allRows() : []
  }

  /// Counts the end of an attempt in the pod's own counters.
  @inline(never)
  mutating func meter(_ p: Int, _ outcome: RequestOutcome, latency: Int64, at: Int64) {
    while meters.count <= p { meters.append(PodMeter()) }
    meters[p].advance(to: at, interval: interval.ns)
    // A process sees its own time, not the way to it and back.
    meters[p].count(outcome, latency: max(0, latency - 2 * hop))
    meters[p].use(cpu: servers[p].charged, memory: memory(PodID(p)).count)
  }

  mutating func restartMeter(_ p: Int) {
    guard p < meters.count else { return }
    meters[p].restart(usedBefore: servers[p].charged)
  }
}

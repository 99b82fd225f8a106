import Kernel
import Units

// What is counted for whoever reads metrics: by pod, by load, and by load and revision.
extension Traffic {
  /// From now on what pods and clients see is noted.
  public mutating func startMeters() { hasMeters = true }

  /// Of the pod's processes; empty where nothing was counted.
  func meterRows(_ pod: PodID) -> MeterRows {
    pod.index < meters.count ? meters[pod.index].allRows() : MeterRows(bounds: [])
  }

  /// Of a load's clients, by requests.
  func clientRows(_ load: LoadID) -> MeterRows { clientRows(loads[load.index].counters) }

  /// The same by attempts at pods of one revision.
  func clientRows(_ load: LoadID, revision: UInt32) -> MeterRows {
    row(load, revision).map { clientRows($0) } ?? MeterRows(bounds: [])
  }

  private func clientRows(_ row: Int) -> MeterRows {
    row < clientMeters.count ? clientMeters[row].allRows() : MeterRows(bounds: [])
  }

  /// Upper bounds of what clients' proxies show: client_golang's and Envoy's.
  static let clientBounds = MetricBuckets.union([MetricBuckets.clientGolang, MetricBuckets.envoy])

  mutating func plan(meter p: Int, _ plan: RequestMeter.Plan) {
    let none = RequestMeter.Plan(bounds: [])
    while meters.count <= p { meters.append(RequestMeter(none)) }
    if meters[p].plan != plan { meters[p] = RequestMeter(plan) }
  }

  /// Counts the end of an attempt where its pod sees it.
  ///
  /// - Parameter begun: when its service began.
  @inline(never)
  mutating func meter(
    _ p: Int, _ outcome: RequestOutcome, latency: Int64, begun: Int64?, at: Int64
  ) {
    guard p < meters.count else { return }
    // A client that waits for a machine which is off is seen by nobody.
    if servers[p].unreachable { return }
    meters[p].advance(to: at, interval: interval.ns)
    // A process sees its own time, not the way to it and back.
    let own = max(0, latency - 2 * hop)
    meters[p].observe(.init(outcome), own)
    if outcome == .ok, let begun {
      let wait = max(0, own - (at - begun))
      meters[p].observe(.queueTime, wait)
      if let share = meters[p].plan.firstToken {
        let part = Double(at - begun) * (Double(share.ppm) / 1e6)
        meters[p].observe(.firstToken, wait + Int64(part.rounded()))
      }
    }
    use(p, at)
  }

  /// Notes what the process does now.
  @inline(never)
  mutating func meterUse(_ p: Int, _ at: Int64) {
    guard p < meters.count, servers[p].alive else { return }
    meters[p].advance(to: at, interval: interval.ns)
    use(p, at)
  }

  private mutating func use(_ p: Int, _ at: Int64) {
    meters[p].use(
      cpu: servers[p].charged, memory: memory(PodID(p)).count, serving: Int64(servers[p].busy),
      waiting: Int64(servers[p].waiting), at: at)
  }

  /// The CPU of a process is given work for `from..<until`, which makes an answer later by `delay`.
  @inline(never)
  mutating func meterCPU(_ p: Int, from: Int64, until: Int64, delay: Int64) {
    guard p < meters.count, let limit = meters[p].plan.cpuLimit, servers[p].cpuRate == limit else {
      return
    }
    meters[p].charge(from: from, until: until, delay: delay)
  }

  mutating func endMeter(_ p: Int, at: Int64) {
    guard p < meters.count else { return }
    meters[p].endProcess(at: at, interval: interval.ns)
  }

  /// Counts what clients see in the row of a load's or a revision's counters.
  @inline(never)
  mutating func meterClient(
    _ row: Int, _ outcome: RequestOutcome, latency: Int64, at: Int64
  ) {
    let plan = RequestMeter.Plan(bounds: Traffic.clientBounds)
    while clientMeters.count <= row { clientMeters.append(RequestMeter(plan)) }
    clientMeters[row].advance(to: at, interval: interval.ns)
    clientMeters[row].observe(.init(outcome), latency)
  }
}

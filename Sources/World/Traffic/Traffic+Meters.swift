import Kernel
import Units

// What is counted for whoever reads metrics: by pod, by load, and by load and revision.
extension Traffic {
  /// From now on what somebody reads is noted.
  mutating func startMeters(_ reads: [TelemetryFeed.Reads]) {
    count(for: reads)
    meters.clientPlan = RequestMeter.Plan(
      bounds: MetricBuckets.union(reads.map(\.clientBounds)))
  }

  /// From now on only what is still read is noted.
  mutating func narrowMeters(to reads: [TelemetryFeed.Reads]) {
    count(for: reads)
    if !hasMeters { meters.forgetPods() }
    if !metersLoads { meters = MeterBook(interval: interval) }
  }

  private mutating func count(for reads: [TelemetryFeed.Reads]) {
    hasMeters = reads.contains(where: \.ofPods)
    metersLoads = reads.contains(where: \.ofLoads)
    metersRevisions = reads.contains(where: \.mesh)
  }

  /// Counts the end of an attempt where its pod sees it.
  ///
  /// - Parameter begun: when its service began.
  @inline(never)
  mutating func meter(
    _ p: Int, _ outcome: RequestOutcome, latency: Int64, begun: Int64?, at: Int64
  ) {
    // A client that waits for a machine which is off is seen by nobody.
    if servers[p].unreachable { return }
    // A process sees its own time, not the way to it and back.
    let own = max(0, latency - 2 * hop)
    let use = use(p)
    meters.withPod(p, at: at) { meter in
      meter.observe(.init(outcome), own)
      if outcome == .ok, let begun {
        let wait = max(0, own - (at - begun))
        meter.observe(.queueTime, wait)
        if let share = meter.plan.firstToken {
          let part = Double(at - begun) * (Double(share.ppm) / 1e6)
          meter.observe(.firstToken, wait + Int64(part.rounded()))
        }
      }
      meter.use(use, at: at)
    }
  }

  /// Notes what the process does now.
  @inline(never)
  mutating func meterUse(_ p: Int, _ at: Int64) {
    guard servers[p].alive else { return }
    let use = use(p)
    meters.withPod(p, at: at) { $0.use(use, at: at) }
  }

  private func use(_ p: Int) -> RequestMeter.Use {
    .init(
      cpu: servers[p].charged, memory: memory(PodID(p)).count, serving: Int64(servers[p].busy),
      waiting: Int64(servers[p].waiting))
  }

  /// The CPU of a process is given work at `at` for `from..<until`, which makes an answer later by `delay`.
  @inline(never)
  mutating func meterCPU(_ p: Int, at: Int64, from: Int64, until: Int64, delay: Int64) {
    guard p < meters.pods.count, let limit = meters.pods[p].plan.cpuLimit,
      servers[p].cpuRate == limit
    else { return }
    meters.charge(p, at: at, from: from, until: until, delay: delay)
  }

  /// Counts what clients see in the row of a load's or a revision's counters.
  @inline(never)
  mutating func meterClient(
    _ row: Int, _ outcome: RequestOutcome, latency: Int64, at: Int64
  ) {
    meters.withClient(row, at: at) { $0.observe(.init(outcome), latency) }
  }

  /// Notes what was counted in the intervals that are over.
  mutating func closeMeters(at: Instant) {
    if hasMeters || metersLoads { meters.close(until: at.ns) }
  }
}

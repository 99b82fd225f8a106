import Kernel
import Units

// Failed attempts: queues, clients' patience, retries, counters.
extension Traffic {
  /// Counts a failed attempt and, if the client has attempts left, sets out for the next.
  ///
  /// Leaves the row as it is: the caller frees it or keeps it for its events.
  mutating func fail(
    _ row: UInt32, _ outcome: RequestOutcome, _ at: Int64, _ queue: inout EventQueue
  ) {
    let request = requests.rows[Int(row)]
    guard request.load != RequestRow.probe else { return }
    let index = Int(request.load)
    if request.pod != .max {
      record(
        group: Int(request.pod), index, outcome, latency: at - request.sent, at: at)
    }
    guard request.attempt < loads[index].retries else {
      record(load: index, outcome, latency: at - request.firstSent, at: at)
      return
    }
    let counted = loads[index].counters
    counters[counted].advance(to: at, &buckets)
    counters[counted].running.retried += 1
    // An answer, and a refusal too, takes its way back; a client that gives up knows at once.
    let back = outcome == .timeout || outcome == .noEndpoints ? 0 : hop
    let again = at + max(back + loads[index].retryDelay, 1)
    let next = requests.add(
      RequestRow(
        firstSent: request.firstSent, sent: again, number: request.number, load: request.load,
        attempt: request.attempt + 1, pending: 1, state: .retrying))
    queue.push(
      Event(kind: TrafficEvent.retries.rawValue, slot: next), at: Instant(ns: again),
      priority: Traffic.priority)
  }

  /// Counts the end of an attempt for the revision of its pod.
  @inline(__always)
  mutating func record(
    group p: Int, _ load: Int, _ outcome: RequestOutcome, latency: Int64, begun: Int64? = nil,
    at: Int64
  ) {
    if hasMeters { meter(p, outcome, latency: latency, begun: begun, at: at) }
    let group = servers[p].group
    guard group != .max else { return }
    if Int(group) < loads[load].revisions.count {
      let row = loads[load].revisions[Int(group)]
      if row >= 0 {
        return record(Int(row), outcome, latency: latency, metered: metersRevisions, at: at)
      }
    }
    let row = addRevision(load, Int(group))
    record(row, outcome, latency: latency, metered: metersRevisions, at: at)
  }

  /// Counts the end of a request of a load.
  @inline(__always)
  mutating func record(load: Int, _ outcome: RequestOutcome, latency: Int64, at: Int64) {
    record(loads[load].counters, outcome, latency: latency, metered: metersLoads, at: at)
  }

  @inline(never)
  private mutating func addRevision(_ load: Int, _ group: Int) -> Int {
    while loads[load].revisions.count <= group { loads[load].revisions.append(-1) }
    let row = addCounters(LoadID(load), groups[group])
    loads[load].revisions[group] = Int32(row)
    return row
  }

  /// Counts an end in a row of counters.
  @inline(__always)
  private mutating func record(
    _ row: Int, _ outcome: RequestOutcome, latency: Int64, metered: Bool, at: Int64
  ) {
    if metered { meterClient(row, outcome, latency: latency, at: at) }
    counters[row].advance(to: at, &buckets)
    counters[row].running.count(outcome)
    if outcome == .ok || outcome == .timeout {
      counters[row].running.latencySum += latency
      buckets[counters[row].first + LatencyBuckets.index(Span(ns: latency))] += 1
    }
  }

  /// Puts an attempt at the end of its pod's queue and sees to the timer for its client.
  mutating func wait(_ row: UInt32, _ at: Int64, _ queue: inout EventQueue) {
    let p = Int(requests.rows[Int(row)].pod)
    let deadline = deadline(row)
    let tail = servers[p].waitingTail
    requests.rows[Int(row)].state = .waiting
    requests.rows[Int(row)].next = RequestSlab.none
    requests.rows[Int(row)].previous = tail
    if tail == RequestSlab.none {
      servers[p].waitingHead = row
      servers[p].mixedDeadlines = false
    } else {
      requests.rows[Int(tail)].next = row
      if deadline < self.deadline(tail) { servers[p].mixedDeadlines = true }
    }
    servers[p].waitingTail = row
    servers[p].waiting += 1
    if deadline < servers[p].timer { setTimer(p, deadline, at, &queue) }
  }

  /// When the client gives up on the attempt; `.max`: never.
  @inline(__always)
  private func deadline(_ row: UInt32) -> Int64 {
    let load = requests.rows[Int(row)].load
    guard load != RequestRow.probe else { return .max }
    let timeout = loads[Int(load)].timeout
    return timeout == .max ? .max : requests.rows[Int(row)].sent + timeout
  }

  private mutating func setTimer(
    _ p: Int, _ deadline: Int64, _ at: Int64, _ queue: inout EventQueue
  ) {
    servers[p].timerGeneration &+= 1
    servers[p].timer = deadline
    guard deadline != .max else { return }
    queue.push(
      Event(
        kind: TrafficEvent.waitingTimesOut.rawValue, slot: UInt32(p),
        generation: servers[p].timerGeneration),
      at: Instant(ns: max(deadline, at)), priority: Traffic.priority)
  }

  /// Serves those that wait while there is room.
  @inline(__always)
  mutating func serveWaiting(_ p: Int, _ at: Int64, _ queue: inout EventQueue) {
    while servers[p].waitingHead != RequestSlab.none,
      servers[p].busy < behaviours[servers[p].behaviour].concurrency
    {
      let row = servers[p].waitingHead
      unlinkWaiting(row, p)
      serve(row, at, &queue)
    }
  }

  @inline(__always)
  mutating func unlinkWaiting(_ row: UInt32, _ p: Int) {
    let next = requests.rows[Int(row)].next
    let previous = requests.rows[Int(row)].previous
    if next != RequestSlab.none {
      requests.rows[Int(next)].previous = previous
    } else {
      servers[p].waitingTail = previous
    }
    if previous != RequestSlab.none {
      requests.rows[Int(previous)].next = next
    } else {
      servers[p].waitingHead = next
    }
    servers[p].waiting -= 1
  }

  /// The client of an attempt that is being served gives up; the pod serves on.
  mutating func timesOut(
    _ row: UInt32, _ at: Int64, _ queue: inout EventQueue
  ) -> TrafficEffect {
    requests.rows[Int(row)].pending -= 1
    switch requests.rows[Int(row)].state {
    case .serving:
      requests.rows[Int(row)].state = .abandoned
      fail(row, .timeout, at, &queue)
      return .none
    case .dead:
      if requests.rows[Int(row)].pending == 0 { requests.release(row) }
      return .stale
    case .free, .travelling, .waiting, .abandoned, .retrying:
      preconditionFailure("a client gives up on request \(row), which is not being served")
    }
  }

  /// Clients of waiting attempts give up: theirs leave the queue, as a closed connection does.
  mutating func waitingTimesOut(
    _ event: Event, _ at: Int64, _ queue: inout EventQueue
  ) -> TrafficEffect {
    let p = Int(event.slot)
    guard event.generation == servers[p].timerGeneration else { return .stale }
    servers[p].timer = .max
    var earliest = Int64.max
    var expired = 0
    var row = servers[p].waitingHead
    while row != RequestSlab.none {
      let next = requests.rows[Int(row)].next
      let deadline = deadline(row)
      if deadline <= at {
        unlinkWaiting(row, p)
        outstanding[p] -= 1
        fail(row, .timeout, at, &queue)
        requests.release(row)
        expired += 1
      } else {
        earliest = min(earliest, deadline)
        if !servers[p].mixedDeadlines { break }
      }
      row = next
    }
    setTimer(p, earliest, at, &queue)
    return expired == 0 ? .stale : effect(event.slot)
  }
}

public import Kernel
public import Units

// The way of a request: gateway, hop, queue, service, answer.
extension Traffic {
  /// Handles an event whose kind is one of `TrafficEvent`; traps for any other.
  @inline(__always)
  public mutating func handle(
    _ event: Event, at: Instant, _ queue: inout EventQueue
  ) -> TrafficEffect {
    // By the raw value, the usual ones first: to make a case of it would be a call.
    switch event.kind {
    case TrafficEvent.completes.rawValue: return completes(event.slot, at.ns, &queue)
    case TrafficEvent.reachesPod.rawValue: return reachesPod(event.slot, at.ns, &queue)
    case TrafficEvent.arrives.rawValue: return arrives(event, at.ns, &queue)
    case TrafficEvent.retries.rawValue:
      retries(event.slot, at.ns, &queue)
      return .none
    case TrafficEvent.timesOut.rawValue: return timesOut(event.slot, at.ns, &queue)
    case TrafficEvent.waitingTimesOut.rawValue: return waitingTimesOut(event, at.ns, &queue)
    default: preconditionFailure("event of kind \(event.kind) is not traffic")
    }
  }

  @inline(never)
  private mutating func retries(_ row: UInt32, _ at: Int64, _ queue: inout EventQueue) {
    var request = requests.rows[Int(row)]
    var stream = RandomStream(
      seed: loads[Int(request.load)].seed,
      purpose: Purpose.attempt.rawValue &+ UInt64(request.attempt), cause: request.number)
    _ = stream.next()  // A first attempt's wait.
    request.stream = stream.state
    route(row, request, at, &queue)
  }

  @inline(__always)
  private mutating func arrives(
    _ event: Event, _ at: Int64, _ queue: inout EventQueue
  ) -> TrafficEffect {
    let index = Int(event.slot)
    guard event.generation == loads[index].generation else { return .stale }
    let number = loads[index].number
    loads[index].number = number + 1
    let counted = loads[index].counters
    counters[counted].advance(to: at, &buckets)
    counters[counted].running.arrived += 1
    let stream = loads[index].stream
    let wait = step(index)
    arm(index, loads[index].arrivals.next(from: at, amount: wait), &queue)
    let request = RequestRow(
      firstSent: at, sent: at, stream: stream, number: number,
      load: UInt16(truncatingIfNeeded: index))
    route(requests.take(), request, at, &queue)
    return .none
  }

  /// Chooses gateway and endpoint of an attempt and sends it on its way; writes all of its row.
  @inline(__always)
  private mutating func route(
    _ row: UInt32, _ begun: RequestRow, _ at: Int64, _ queue: inout EventQueue
  ) {
    let r = Int(row)
    var request = begun
    let index = Int(request.load)
    var stream = RandomStream(state: request.stream)
    let gateway = stream.bounded(loads[index].gateways)
    let word = stream.next()
    request.stream = stream.state
    request.state = .travelling
    request.pending = 0
    let view = loads[index].firstView + Int(gateway)
    guard let pod = choose(view, loads[index].balancing, word) else {
      requests.rows[r] = request
      fail(row, .noEndpoints, at, &queue)
      requests.release(row)
      return
    }
    request.pod = pod
    request.pending = 1
    let kind = servers[Int(pod)].behaviour
    request.previous = UInt32(truncatingIfNeeded: kind)
    request.service = serviceTime(kind, stream)
    requests.rows[r] = request
    outstanding[Int(pod)] += 1
    queue.push(
      Event(kind: TrafficEvent.reachesPod.rawValue, slot: row), at: Instant(ns: at + hop),
      priority: Traffic.priority)
  }

  @inline(__always)
  private mutating func choose(_ view: Int, _ balancing: Balancing, _ word: UInt64) -> UInt32? {
    let count = views[view].endpoints.count
    guard count > 0 else { return nil }
    switch balancing {
    case .random:
      return views[view].endpoints[Int(word.multipliedFullWidth(by: UInt64(count)).high)]
    case .roundRobin:
      let turn = views[view].turn
      views[view].turn = turn + 1 < count ? turn + 1 : 0
      return views[view].endpoints[turn < count ? turn : 0]
    case .leastRequest:
      let first = views[view].endpoints[Int(((word &>> 32) &* UInt64(count)) &>> 32)]
      let second = views[view].endpoints[Int(((word & 0xffff_ffff) &* UInt64(count)) &>> 32)]
      let fewer = outstanding[Int(second)] < outstanding[Int(first)]
      return fewer ? second : first
    }
  }

  @inline(__always)
  private mutating func reachesPod(
    _ row: UInt32, _ at: Int64, _ queue: inout EventQueue
  ) -> TrafficEffect {
    let pod = requests.rows[Int(row)].pod
    let p = Int(pod)
    requests.rows[Int(row)].pending = 0
    guard servers[p].alive && servers[p].accepting else {
      guard servers[p].unreachable else { return turnAway(row, .refused, at, &queue) }
      wait(row, at, &queue)
      return .none
    }
    if servers[p].busy < behaviours[servers[p].behaviour].concurrency {
      serve(row, at, &queue)
    } else if servers[p].waiting < behaviours[servers[p].behaviour].queueLimit {
      wait(row, at, &queue)
    } else {
      return turnAway(row, .overflow, at, &queue)
    }
    if hasMeters { meterUse(p, at) }
    if isOverLimit(p) { return .outOfMemory(PodID(pod)) }
    if servers[p].watched && isPressed(p, at) {
      servers[p].watched = false
      return .pressed(PodID(pod))
    }
    return .none
  }

  private mutating func turnAway(
    _ row: UInt32, _ outcome: RequestOutcome, _ at: Int64, _ queue: inout EventQueue
  ) -> TrafficEffect {
    let pod = requests.rows[Int(row)].pod
    outstanding[Int(pod)] -= 1
    fail(row, outcome, at, &queue)
    requests.release(row)
    return .none
  }

  /// Begins to serve: the completion is the later one of the service's end and the CPU's.
  @inline(__always)
  mutating func serve(_ row: UInt32, _ at: Int64, _ queue: inout EventQueue) {
    let r = Int(row)
    var request = requests.rows[r]
    let p = Int(request.pod)
    var end = at
    var deadline = Int64.max
    if request.load != RequestRow.probe {
      let kind = servers[p].behaviour
      var stream = RandomStream(state: request.stream)
      // Drawn already, unless the process has become another since, or has been waited for.
      let isDrawn =
        request.state == .travelling && Int(truncatingIfNeeded: request.previous) == kind
      let service = isDrawn ? request.service : serviceTime(kind, stream)
      _ = stream.next()
      request.stream = stream.state
      let timeout = loads[Int(request.load)].timeout
      if timeout != .max { deadline = request.sent + timeout }
      let cost = behaviours[kind].cpuPerRequest.ns
      end = charge(p, cost, at: at, until: at + min(service, 1 << 58))
    } else if servers[p].cpuRate != nil {
      end = max(at, work[p].free)
    }
    let head = servers[p].begin(row)
    request.state = .serving
    request.service = at
    request.pending = end > deadline ? 2 : 1
    request.previous = RequestSlab.none
    request.next = head
    requests.rows[r] = request
    if head != RequestSlab.none { requests.rows[Int(head)].previous = row }
    queue.push(
      Event(kind: TrafficEvent.completes.rawValue, slot: row), at: Instant(ns: end),
      priority: Traffic.priority)
    if end > deadline {
      queue.push(
        Event(kind: TrafficEvent.timesOut.rawValue, slot: row),
        at: Instant(ns: max(deadline, at)), priority: Traffic.priority)
    }
  }

  /// The next draw of a request's stream as a service time, slowed down as the behaviour says.
  @inline(__always)
  private func serviceTime(_ kind: Int, _ stream: RandomStream) -> Int64 {
    var stream = stream
    let service = behaviours[kind].serviceTime.sample(&stream).ns
    let slowdown = behaviours[kind].slowdown.ppm
    if slowdown == 1_000_000 { return service }
    return Int64(min(Double(service) * (Double(slowdown) / 1e6), 0x1p58))
  }

  @inline(__always)
  private mutating func completes(
    _ row: UInt32, _ at: Int64, _ queue: inout EventQueue
  ) -> TrafficEffect {
    let r = Int(row)
    requests.rows[r].pending -= 1
    let state = requests.rows[r].state
    let pod = requests.rows[r].pod
    if state == .dead {
      if requests.rows[r].pending == 0 { requests.release(row) }
      return .stale
    }
    let p = Int(pod)
    unlinkServing(row, p)
    outstanding[p] -= 1
    let isProbe = requests.rows[r].load == RequestRow.probe
    let token = UInt32(truncatingIfNeeded: requests.rows[r].number)
    if !isProbe {
      let leak = behaviours[servers[p].behaviour].memory.leakPerRequest.count
      if leak != 0 { work[p].leaked += leak }
      if state == .serving { answer(row, p, at, &queue) }
    }
    requests.release(row)
    serveWaiting(p, at, &queue)
    if hasMeters { meterUse(p, at) }
    if isProbe { return .probeAnswered(PodID(pod), token: token) }
    return effect(pod)
  }

  /// The answer to a request that was served goes back to its client.
  @inline(__always)
  private mutating func answer(_ row: UInt32, _ p: Int, _ at: Int64, _ queue: inout EventQueue) {
    let r = Int(row)
    let index = Int(requests.rows[r].load)
    let timeout = loads[index].timeout
    if timeout != .max && at + hop > requests.rows[r].sent + timeout {
      fail(row, .timeout, at, &queue)
      return
    }
    let errors = behaviours[servers[p].behaviour].errors
    if errors != .zero {
      var stream = RandomStream(state: requests.rows[r].stream)
      if stream.bernoulli(errors) {
        fail(row, .serverError, at, &queue)
        return
      }
    }
    let latency = at + hop - requests.rows[r].firstSent
    record(load: index, .ok, latency: latency, at: at)
    record(
      group: p, index, .ok, latency: at + hop - requests.rows[r].sent,
      begun: requests.rows[r].service, at: at)
  }

  /// What a pod's state after an end means to the world.
  @inline(__always)
  func effect(_ pod: UInt32) -> TrafficEffect {
    let p = Int(pod)
    if isOverLimit(p) { return .outOfMemory(PodID(pod)) }
    if servers[p].draining && servers[p].busy == 0 && servers[p].waiting == 0 {
      return .idle(PodID(pod))
    }
    return .none
  }

  @inline(__always)
  mutating func unlinkServing(_ row: UInt32, _ p: Int) {
    let next = requests.rows[Int(row)].next
    let previous = requests.rows[Int(row)].previous
    if next != RequestSlab.none { requests.rows[Int(next)].previous = previous }
    if previous != RequestSlab.none {
      requests.rows[Int(previous)].next = next
    } else {
      servers[p].servingHead = next
    }
    servers[p].busy -= 1
  }
}

public import Kernel
public import Units

// What happens to processes.
extension Traffic {
  /// A process starts in a pod; it refuses connections until `setAccepting`.
  ///
  /// For a restarted container this is called again, after `killServer`.
  ///
  /// - Parameters:
  ///   - cpuRate: cores it may use (its limit, or its share of the node); nil: as many as it likes.
  ///   - memoryLimit: beyond it the process is out of memory; nil: no limit.
  ///   - revision: groups the counters of `tally(_:revision:from:to:)`.
  public mutating func addServer(
    _ pod: PodID, behaviour: ServerBehaviour, cpuRate: MilliCPU? = nil,
    memoryLimit: Bytes? = nil, revision: UInt32 = 0
  ) {
    addServer(
      pod, behaviour: behaviour, cpuRate: cpuRate, memoryLimit: memoryLimit, revision: revision,
      meter: nil)
  }

  /// The same with what is to be counted of the pod.
  mutating func addServer(
    _ pod: PodID, behaviour: ServerBehaviour, cpuRate: MilliCPU?, memoryLimit: Bytes?,
    revision: UInt32, meter: RequestMeter.Plan?
  ) {
    reserve(pod)
    precondition(!servers[pod.index].alive, "pod \(pod.raw) has a process already")
    let old = servers[pod.index]
    var server = Server()
    server.behaviour = intern(behaviour)
    server.alive = true
    server.group = group(revision)
    server.timerGeneration = old.timerGeneration &+ 1
    server.hasMemoryLimit = memoryLimit != nil
    server.charged = old.charged
    servers[pod.index] = server
    if hasMeters, let meter { meters.plan(pod: pod.index, meter) }
    work[pod.index] = Server.Work(memoryLimit: memoryLimit?.count ?? .max)
    setRate(pod.index, cpuRate, cost: behaviour.cpuPerRequest)
  }

  /// Whether the process listens: false refuses new connections.
  public mutating func setAccepting(_ pod: PodID, _ accepting: Bool) {
    servers[pod.index].accepting = accepting && servers[pod.index].alive
  }

  /// Changes how the process serves from the next request on; what has begun goes on as it was.
  public mutating func setBehaviour(_ pod: PodID, _ behaviour: ServerBehaviour) {
    servers[pod.index].behaviour = intern(behaviour)
    setRate(pod.index, servers[pod.index].cpuRate, cost: behaviour.cpuPerRequest)
  }

  /// Changes the cores that the process may use, for requests whose service begins from now on.
  public mutating func setCPURate(_ pod: PodID, _ rate: MilliCPU?) {
    setRate(pod.index, rate, cost: behaviours[servers[pod.index].behaviour].cpuPerRequest)
  }

  /// The process is gone: connections of requests in service and waiting are reset.
  public mutating func killServer(_ pod: PodID, _ queue: inout EventQueue) {
    let p = pod.index
    guard p < servers.count, servers[p].alive || servers[p].unreachable else { return }
    let at = queue.now.ns
    var row = servers[p].servingHead
    while row != RequestSlab.none {
      let next = requests.rows[Int(row)].next
      if requests.rows[Int(row)].state == .serving { fail(row, .reset, at, &queue) }
      requests.rows[Int(row)].state = .dead
      outstanding[p] -= 1
      row = next
    }
    row = servers[p].waitingHead
    while row != RequestSlab.none {
      let next = requests.rows[Int(row)].next
      fail(row, .reset, at, &queue)
      requests.release(row)
      outstanding[p] -= 1
      row = next
    }
    var gone = Server()
    gone.group = servers[p].group
    gone.timerGeneration = servers[p].timerGeneration &+ 1
    gone.charged = servers[p].charged
    servers[p] = gone
    work[p] = Server.Work(free: at)
    if hasMeters { meters.endProcess(p, at: at) }
  }

  /// TERM to a process that drains: it refuses new connections and serves what it has.
  ///
  /// `.idle` follows when that is done, unless `isIdle` already holds.
  public mutating func drainServer(_ pod: PodID) {
    servers[pod.index].accepting = false
    servers[pod.index].draining = true
  }

  /// Whether the pod serves nothing and nothing waits.
  public func isIdle(_ pod: PodID) -> Bool {
    pod.index >= servers.count
      || (servers[pod.index].busy == 0 && servers[pod.index].waiting == 0)
  }

  /// Whether a process that drains has come to the end of its work.
  public func isDrained(_ pod: PodID) -> Bool { servers[pod.index].draining && isIdle(pod) }

  /// Whether the process holds more than its memory limit.
  public func isOverLimit(_ pod: PodID) -> Bool {
    servers[pod.index].alive && isOverLimit(pod.index)
  }

  /// `.pressed` follows when the next request finds that a probe would have to wait.
  public mutating func watch(_ pod: PodID) { servers[pod.index].watched = true }

  /// Whether a probe would have to wait in the pod now.
  public func isPressed(_ pod: PodID, _ at: Instant) -> Bool {
    let server = servers[pod.index]
    return server.alive
      && (isPressed(pod.index, at.ns) || server.busy >= behaviours[server.behaviour].concurrency)
  }

  /// Sends a probe through the pod's own queue; false: refused, or no room.
  ///
  /// It takes a place and waits its turn but costs no work; `.probeAnswered` follows, with the token,
  /// unless the process dies first. Its timeout is the prober's.
  public mutating func probe(
    _ pod: PodID, token: UInt32, _ queue: inout EventQueue
  ) -> Bool {
    let p = pod.index
    guard p < servers.count, servers[p].alive, servers[p].accepting else { return false }
    let busy = servers[p].busy >= behaviours[servers[p].behaviour].concurrency
    if busy && servers[p].waiting >= behaviours[servers[p].behaviour].queueLimit { return false }
    let at = queue.now.ns
    let row = requests.add(
      RequestRow(firstSent: at, sent: at, number: UInt64(token), pod: pod.raw))
    outstanding[p] += 1
    if busy {
      wait(row, at, &queue)
    } else {
      serve(row, at, &queue)
    }
    return true
  }

  /// Requests being served and waiting, what the process holds and has used.
  public func serving(_ pod: PodID) -> Int { Int(servers[pod.index].busy) }
  public func waiting(_ pod: PodID) -> Int { Int(servers[pod.index].waiting) }
  public func memory(_ pod: PodID) -> Bytes { Bytes(memory(pod.index)) }

  /// CPU time the pod has used until now, over all its processes: the integral behind `cpu` metrics.
  public func cpuTime(_ pod: PodID, at: Instant) -> Span {
    let charged = servers[pod.index].charged
    let free = work[pod.index].free
    guard let rate = servers[pod.index].cpuRate, free > at.ns else { return Span(ns: charged) }
    return Span(ns: charged - (free - at.ns) * rate.count / 1000)
  }

  mutating func reserve(_ pod: PodID) {
    while servers.count <= pod.index {
      servers.append(Server())
      work.append(Server.Work())
      outstanding.append(0)
    }
  }

  private mutating func setRate(_ p: Int, _ rate: MilliCPU?, cost: Span) {
    servers[p].cpuRate = rate
    guard let rate else {
      work[p].cost = 0
      return
    }
    precondition(rate > .zero, "a server's CPU rate is not above zero")
    work[p].cost = cost.ns * 1000 / rate.count
  }

  /// Gives the CPU the work of one request whose service alone ends at `end`.
  ///
  /// - Returns: when both the service and the CPU are done with it.
  @inline(__always)
  mutating func charge(_ p: Int, _ cost: Int64, at: Int64, until end: Int64) -> Int64 {
    servers[p].charged += cost
    if servers[p].cpuRate == nil { return max(end, at) }
    let begin = max(work[p].free, at)
    work[p].free = begin + work[p].cost
    if hasMeters {
      let delay = max(0, work[p].free - max(end, at))
      meterCPU(p, at: at, from: begin, until: work[p].free, delay: delay)
    }
    return max(end, work[p].free)
  }

  /// Whether a probe would have to wait: for its turn, or for the CPU long enough to matter.
  @inline(__always)
  func isPressed(_ p: Int, _ at: Int64) -> Bool {
    servers[p].waiting > 0
      || (servers[p].cpuRate != nil && work[p].free - at > 500_000_000)
  }

  /// The row of a behaviour; equal ones have one row, so that those of all pods of a revision do.
  private mutating func intern(_ behaviour: ServerBehaviour) -> Int {
    if let known = behaviours.firstIndex(of: behaviour) { return known }
    behaviours.append(behaviour)
    return behaviours.count - 1
  }

  /// What the process holds now, in bytes.
  @inline(__always)
  private func memory(_ p: Int) -> Int64 {
    let profile = behaviours[servers[p].behaviour].memory
    let inFlight = profile.perRequestInFlight.count * Int64(servers[p].busy + servers[p].waiting)
    return profile.base.count + inFlight + work[p].leaked
  }

  @inline(__always)
  func isOverLimit(_ p: Int) -> Bool {
    servers[p].hasMemoryLimit && memory(p) > work[p].memoryLimit
  }

  private mutating func group(_ revision: UInt32) -> UInt32 {
    if let found = groups.firstIndex(of: revision) { return UInt32(found) }
    groups.append(revision)
    return UInt32(groups.count - 1)
  }
}

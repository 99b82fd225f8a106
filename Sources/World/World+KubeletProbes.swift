import ClusterAPI
import Control
import Kernel
import Units

// Probes: from one possible change of a result to the next; tick by tick while the pod is pressed.
extension World {
  /// A new instance: what its probes will find.
  mutating func openProbes(_ id: ContainerID, listening: Instant, isNeverReady: Bool) {
    guard containers[id].probed != .max else { return }
    let template = template(of: id)
    var outlook = ProcessOutlook()
    outlook.listensAt = listening
    outlook.isNeverReady = isNeverReady
    outlook.queued = template.queuedProbes
    outlook.latency = behaviour(of: template).probeLatency ?? options.latencies.probe
    outlook.timeouts = ProbeTimeouts(template.rules)
    containers.probed[Int(containers[id].probed)].outlook = outlook
    if !outlook.queued.isEmpty { traffic.watch(containers[id].pod) }
  }

  /// The kubelet's workers get to see the new instance.
  mutating func startProbes(_ id: ContainerID) {
    let probed = containers[id].probed
    guard probed != .max else { return }
    var outlook = containers.probed[Int(probed)].outlook
    containers.probed[Int(probed)].probes.catchUp(
      template(of: id).rules, &outlook, before: queue.now)
    containers.probed[Int(probed)].probes.containerStarts(at: containers[id].startedAt)
  }

  /// The instance has ended; probes that wait in its queue fail with their connections.
  mutating func endProbes(_ id: ContainerID) {
    guard containers[id].probed != .max else { return }
    settleProbes(id)
    let index = Int(containers[id].probed)
    for kind in ProbeKind.allCases where containers.probed[index].sent.contains(kind) {
      containers.probed[index].sent.remove(kind)
      containers.probed[index].probes.finish(kind, .failure, at: queue.now)
    }
    containers.probed[index].probes.containerEnds()
    containers.probed[index].generation &+= 1
    containers.probed[index].planned = .never
  }

  func hasStarted(_ id: ContainerID) -> Bool {
    let row = containers[id]
    guard row.probed != .max else { return row.isAlive }
    return containers.probed[Int(row.probed)].probes.isStarted(template(of: id).rules)
  }

  func isReady(_ id: ContainerID) -> Bool {
    let row = containers[id]
    guard row.probed != .max else {
      guard row.isAlive, template(of: id).profile.readyWhenListening else { return row.isAlive }
      return row.isListening && !behaviour(of: template(of: id)).neverReady
    }
    return containers.probed[Int(row.probed)].probes.isReady(template(of: id).rules)
  }

  /// Lets pass what has changed nothing until now; call it before anything changes for the probes.
  mutating func settleProbes(_ id: ContainerID) {
    guard containers[id].probed != .max, containers[id].isAlive else { return }
    let index = Int(containers[id].probed)
    let limit = min(queue.now, containers.probed[index].planned)
    var outlook = containers.probed[index].outlook
    containers.probed[index].probes.advance(template(of: id).rules, &outlook, before: limit)
  }

  /// Pushes the next event of the container's probes, in place of the one that was planned.
  mutating func planProbes(_ id: ContainerID) {
    guard containers[id].probed != .max else { return }
    let index = Int(containers[id].probed)
    containers.probed[index].generation &+= 1
    containers.probed[index].planned = .never
    guard containers[id].isAlive else { return }
    let rules = template(of: id).rules
    let row = containers.probed[index]
    let next =
      row.outlook.isPressed
      ? row.probes.nextStep(rules, row.outlook) : row.probes.nextChange(rules, row.outlook)
    containers.probed[index].planned = next
    guard next != .never else { return }
    push(
      .probesDue, index, at: max(next, queue.now + Span(ns: 1)), generation: row.generation)
  }

  mutating func probesAreDue(_ index: Int) {
    let id = containers.probed[index].container
    guard isServed(containers[id].pod), containers[id].isAlive else { return }
    settleProbes(id)
    if containers.probed[index].outlook.isPressed, !traffic.isPressed(containers[id].pod, queue.now)
    {
      containers.probed[index].outlook.isPressed = false
      traffic.watch(containers[id].pod)
    }
    stepProbes(id)
  }

  /// Requests wait in the pod's queue: from now on every probe of it is an event.
  mutating func podIsPressed(_ pod: PodID) {
    guard let id = server(of: pod), containers[id].probed != .max, containers[id].isAlive else {
      return
    }
    settleProbes(id)
    containers.probed[Int(containers[id].probed)].outlook.isPressed = true
    planProbes(id)
  }

  /// A probe has come through the pod's queue.
  mutating func probeIsAnswered(_ pod: PodID, token: UInt32) {
    guard let id = server(of: pod), containers[id].probed != .max else { return }
    let kind = ProbeKind(number: UInt8(token & 3))
    let index = Int(containers[id].probed)
    guard containers.probed[index].sent.contains(kind),
      containers.probed[index][number: kind] == UInt16(truncatingIfNeeded: token >> 2)
    else { return }
    probeEnds(index, kind, .success)
  }

  mutating func probeTimesOut(_ index: Int, _ kind: ProbeKind) {
    probeEnds(index, kind, .timeout)
  }

  private mutating func probeEnds(_ index: Int, _ kind: ProbeKind, _ outcome: ProbeOutcome) {
    let id = containers.probed[index].container
    settleProbes(id)
    containers.probed[index].sent.remove(kind)
    containers.probed[index].probes.finish(kind, outcome, at: queue.now)
    guard isServed(containers[id].pod) else { return }
    stepProbes(id)
  }

  /// Lets workers act that are due, does what follows, and plans on.
  private mutating func stepProbes(_ id: ContainerID) {
    let index = Int(containers[id].probed)
    let rules = template(of: id).rules
    while containers.probed[index].probes.due <= queue.now {
      var outlook = containers.probed[index].outlook
      let changes = containers.probed[index].probes.step(rules, &outlook)
      sendProbes(id, rules)
      for change in changes { follow(change, id) }
      if !containers[id].isAlive { return }
    }
    planProbes(id)
  }

  /// Sends probes that the workers have begun through the pod's own queue.
  private mutating func sendProbes(_ id: ContainerID, _ rules: ProbeRules) {
    let (index, pod) = (Int(containers[id].probed), containers[id].pod)
    for kind in ProbeKind.allCases {
      let worker = containers.probed[index].probes[kind]
      guard worker.isWaiting, !containers.probed[index].sent.contains(kind), let rule = rules[kind]
      else { continue }
      containers.probed[index][number: kind] &+= 1
      let number = containers.probed[index][number: kind]
      let token = UInt32(number) << 2 | UInt32(kind.number)
      if traffic.probe(pod, token: token, &queue) {
        containers.probed[index].sent.insert(kind)
        push(
          .probeTimesOut, index, at: queue.now + rule.timeout, generation: number,
          extra: kind.number)
      } else {
        containers.probed[index].probes.finish(kind, .failure, at: queue.now)
      }
    }
  }

  /// A result has changed: the pod is synced, or the container is ended.
  private mutating func follow(_ change: ProbeChange, _ id: ContainerID) {
    let (pod, template) = (containers[id].pod, template(of: id))
    let index = Int(containers[id].probed)
    guard change.instance == containers.probed[index].probes.instance else { return }
    if let outcome = change.outcome, change.result == .failure {
      note(.probeFailed(pod, change.kind, timedOut: outcome == .timeout))
    }
    if change.kind != .readiness && change.result == .failure {
      guard containers[id].state == .running else { return }
      note(.containerKilled(pod, change.kind == .liveness ? .liveness : .startup))
      let spec = self.template(of: pod).template.spec
      stop(id, grace: template.gracePeriod(change.kind, spec))
      return
    }
    syncPod(pod)
    if isReady(id), change.result == .success, change.kind != .liveness {
      containerBecomesReady(id)
    }
    if change.kind == .startup && template.role == .sidecar { podProceeds(pod) }
  }
}

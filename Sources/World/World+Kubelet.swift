import ClusterAPI
import Control
import Kernel
import Units

// A pod on its node: from the kubelet's first sight of it to the status at the API server.
extension World {
  /// The kubelet of the pod's node learns of it: the sandbox is made, probe workers begin to tick.
  mutating func kubeletSees(_ pod: PodID) {
    guard isServed(pod), pods.kubelet[pod.index].firstContainer.isNone,
      !pods.views[pod.index].terminating, !pods.kubelet[pod.index].isRejected
    else { return }
    pods.kubelet[pod.index].startedAt = Timestamp(queue.now)
    if let missing = allocateDevices(pod) {
      // It was bound before the node's status said what is missing.
      note(.podRejected(pod, message: "Allocate failed due to \(missing), which is unexpected"))
      pods.kubelet[pod.index].isRejected = true
      pods.kubelet[pod.index].startTime = Timestamp(queue.now)
      return updateStatus(pod)
    }
    pods.kubelet[pod.index].firstContainer = ContainerID(containers.rows.count)
    pods.kubelet[pod.index].startTime = Timestamp(queue.now)
    for (index, template) in template(of: pod).containers.enumerated() {
      var row = ContainerRow(pod: pod, index: index)
      if !template.rules.isEmpty {
        row.probed = UInt32(containers.probed.count)
        containers.probed.append(
          ProbedRow(
            container: ContainerID(containers.rows.count),
            probes: .init(template.rules, at: queue.now)))
      }
      containers.rows.append(row)
    }
    push(
      .podProceeds, pod.index, at: queue.now + options.latencies.sandbox,
      generation: pods.generations[pod.index])
  }

  /// Starts what may start next: init containers one after another, then the others in order.
  mutating func podProceeds(_ pod: PodID) {
    guard isServed(pod), !pods.kubelet[pod.index].isStopping, !hasEnded(pod) else { return }
    if pods.kubelet[pod.index].phase == .pending, !attachVolumes(of: pod) { return }
    for id in containerIDs(of: pod) {
      let (row, template) = (containers[id], template(of: id))
      switch (template.role, row.state) {
      case (_, .waiting):
        begin(id)
        return
      case (.initial, .completed): continue
      case (.initial, _): return
      case (.sidecar, _):
        // The next one starts when the sidecar has once started.
        if row.startedAt == .never || (row.state == .running && !hasStarted(id)) { return }
      case (.server, _), (.regular, _): continue
      }
    }
  }

  /// The kubelet syncs the pod: containers that are not ready are probed at once, and what has
  /// changed is on its way to the API server.
  mutating func syncPod(_ pod: PodID) {
    for id in containerIDs(of: pod) {
      let probed = containers[id].probed
      guard probed != .max, containers[id].isAlive else { continue }
      let rules = template(of: id).rules
      containers.probed[Int(probed)].probes.sync(rules, at: queue.now)
      planProbes(id)
    }
    updateStatus(pod)
  }

  /// Notes the pod's phase, readiness and restarts as the kubelet sees them.
  mutating func updateStatus(_ pod: PodID) {
    var status = pods.kubelet[pod.index]
    status.phase = phase(of: pod)
    let ready = isReady(pod)
    if ready != status.ready {
      status.ready = ready
      status.readySince = Timestamp(queue.now)
    }
    if status.phase != pods.kubelet[pod.index].phase,
      status.phase == .succeeded || status.phase == .failed
    {
      status.finished = Timestamp(queue.now)
      releaseDevices(pod)
    }
    status.restarts = 0
    for id in containerIDs(of: pod) {
      status.restarts = max(status.restarts, containers[id].restarts)
    }
    guard status != pods.kubelet[pod.index] else { return }
    if !status.isStatusPending {
      status.isStatusPending = true
      push(
        .podStatus, pod.index,
        at: api.effect(arrival: queue.now + slowed(options.latencies.statusUpdate), slowness),
        generation: pods.generations[pod.index])
    }
    pods.kubelet[pod.index] = status
  }

  /// The kubelet's status write reaches the API server.
  mutating func podStatusArrives(_ pod: PodID) {
    pods.kubelet[pod.index].isStatusPending = false
    guard isServed(pod) else { return }
    let status = pods.kubelet[pod.index]
    let old = pods.views[pod.index]
    pods.views[pod.index].phase = status.phase
    pods.views[pod.index].restarts = status.restarts
    pods.views[pod.index].finished = status.finished
    pods.views[pod.index].startTime = status.startTime
    if old.ready != status.ready {
      pods.views[pod.index].ready = status.ready
      pods.views[pod.index].readyTransition = status.readySince
    }
    guard pods.views[pod.index] != old else { return }
    storePod(pod)
    if old.phase == .pending && status.phase != .pending { note(.podRunning(pod)) }
    if old.ready != status.ready { note(status.ready ? .podReady(pod) : .podUnready(pod)) }
  }

  private func phase(of pod: PodID) -> PodView.Phase {
    if pods.kubelet[pod.index].isRejected { return .failed }
    let old = pods.kubelet[pod.index].phase
    if hasEnded(pod) {
      if containerIDs(of: pod).contains(where: { containers[$0].isAlive }) { return old }
      let hasFailed = containerIDs(of: pod).contains {
        containers[$0].state == .failed && template(of: $0).role != .sidecar
      }
      return hasFailed ? .failed : .succeeded
    }
    if old != .pending { return old }
    var hasRun = false
    for id in containerIDs(of: pod) {
      switch template(of: id).role {
      case .initial: if containers[id].state != .completed { return .pending }
      case .sidecar: continue
      case .server, .regular: hasRun = hasRun || containers[id].startedAt != .never
      }
    }
    return hasRun ? .running : .pending
  }

  /// Whether every container but sidecars has ended for good, or an init container has failed for good.
  func hasEnded(_ pod: PodID) -> Bool {
    if template(of: pod).template.spec.restartPolicy == .always { return false }
    var isOver = !pods.kubelet[pod.index].firstContainer.isNone
    for id in containerIDs(of: pod) {
      switch template(of: id).role {
      case .sidecar: continue
      case .initial where containers[id].state == .failed: return true
      case .initial, .server, .regular: isOver = isOver && containers[id].hasEnded
      }
    }
    return isOver
  }

  /// Whether every container that counts is ready.
  private func isReady(_ pod: PodID) -> Bool {
    guard !pods.kubelet[pod.index].firstContainer.isNone else { return false }
    if let forced = pods.kubelet[pod.index].forcedReady { return forced }
    return containerIDs(of: pod).allSatisfy {
      !template(of: $0).countsForReadiness || isReady($0)
    }
  }

  /// Whether the pod's object is there and the kubelet of its node works.
  func isServed(_ pod: PodID) -> Bool {
    let view = pods.views[pod.index]
    return !view.gone && !view.node.isNone && nodes.rows[view.node.index].alive
  }

  @inline(__always)
  func template(of pod: PodID) -> TemplateRow { templates[pods.templates[pod.index].index] }

  @inline(__always)
  func template(of id: ContainerID) -> ContainerTemplate {
    let row = containers[id]
    return templates[pods.templates[row.pod.index].index].containers[row.index]
  }

  /// The pod's containers; none before the kubelet has seen it.
  func containerIDs(of pod: PodID) -> some Sequence<ContainerID> {
    let first = pods.kubelet[pod.index].firstContainer
    let count =
      first.isNone ? 0 : templates[pods.templates[pod.index].index].containers.count
    return (0..<count).lazy.map { ContainerID(first.index + $0) }
  }

  /// The container that serves the pod's requests; nil before the kubelet has seen the pod.
  func server(of pod: PodID) -> ContainerID? {
    let first = pods.kubelet[pod.index].firstContainer
    return first.isNone ? nil : ContainerID(first.index + template(of: pod).server)
  }

  /// Pushes an event about a container, later than now: other classes of events may call it.
  mutating func push(
    _ kind: EventKind, _ id: ContainerID, at: Instant, extra: UInt8 = 0
  ) {
    push(
      kind, id.index, at: max(at, queue.now + Span(ns: 1)),
      generation: containers[id].generation, extra: extra)
  }
}

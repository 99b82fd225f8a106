import ClusterAPI
import Control
import Kernel
import Units

// The end: preStop, TERM, KILL at the end of the grace period.
extension World {
  /// The pod's object has a deletionTimestamp: it goes when the kubelet has ended its containers.
  ///
  /// A pod without a node, and one deleted with a grace period of 0, goes at once.
  mutating func terminate(_ pod: PodID, grace: Int?) {
    let view = pods.views[pod.index]
    let seconds = grace ?? template(of: pod).template.spec.terminationGracePeriodSeconds
    if view.node.isNone || grace == 0 {
      pods.generations[pod.index] &+= 1
      push(
        .podGone, pod.index, at: queue.now + Span(ns: 1), generation: pods.generations[pod.index])
      return
    }
    let u = uniform(.watchLag, cause: podCause(pod), index: 1)
    let lag = options.latencies.watch(u, slowness: slowness)
    pods.kubelet[pod.index].killAt = queue.now + lag + .seconds(Int64(seconds))
    push(
      .kubeletSeesDeletion, pod.index, at: queue.now + lag,
      generation: pods.generations[pod.index])
  }

  mutating func kubeletSeesDeletion(_ pod: PodID) {
    guard isServed(pod), !pods.kubelet[pod.index].isStopping else { return }
    pods.kubelet[pod.index].isStopping = true
    // What was planned for its start no longer holds, nor a status write that is due.
    pods.generations[pod.index] &+= 1
    pods.kubelet[pod.index].isStatusPending = false
    let grace = pods.kubelet[pod.index].killAt - queue.now
    for id in containerIDs(of: pod) {
      if containers[id].probed != .max {
        settleProbes(id)
        containers.probed[Int(containers[id].probed)].probes.podIsDeleted()
        planProbes(id)
      }
      switch containers[id].state {
      case .running where template(of: id).role != .sidecar: stop(id, grace: grace)
      case .running, .stopping, .completed, .failed: continue
      case .waiting, .preparing, .exited:
        containers[id].generation &+= 1
        containers[id].state = .exited
        let profile = template(of: id).profile
        if profile.alwaysTakesShutdown, profile.shutdown > .zero {
          containers[id].state = .stopping
          exits(id, code: 0, at: queue.now + profile.shutdown)
        }
      }
    }
    endNext(pod)
  }

  /// Ends a container: preStop, then TERM, and KILL when the grace period is over.
  ///
  /// A preStop that takes all of the grace period leaves two seconds to the process
  /// (`minimumGracePeriodInSeconds`).
  mutating func stop(_ id: ContainerID, grace: Span) {
    precondition(containers[id].state == .running, "a container is stopped that does not run")
    containers[id].state = .stopping
    // Neither a crash nor anything else that was planned for it matters any more.
    containers[id].generation &+= 1
    let known = template(of: id).container.preStop?.knownDuration ?? .zero
    let preStop = min(known, max(grace, .zero))
    let rest = max(grace - preStop, .seconds(2))
    push(.termArrives, id, at: queue.now + preStop)
    push(.killArrives, id, at: queue.now + preStop + (grace <= .zero ? .zero : rest))
  }

  /// TERM: a process that drains finishes what it has; another one dies at once.
  mutating func termArrives(_ id: ContainerID) {
    let (pod, template) = (containers[id].pod, template(of: id))
    guard nodes.rows[pods.views[pod.index].node.index].alive else { return }
    closeProbes(id)
    guard template.role == .server else {
      return exits(id, code: 0, at: queue.now + template.profile.shutdown)
    }
    if template.profile.drainsOnTerm {
      traffic.drainServer(pod)
      if !traffic.isIdle(pod) { return }
    } else {
      traffic.killServer(pod, &queue)
    }
    exits(id, code: 0, at: queue.now + template.profile.shutdown)
  }

  /// The process takes no new connections, probes among them.
  private mutating func closeProbes(_ id: ContainerID) {
    guard containers[id].probed != .max else { return }
    settleProbes(id)
    containers.probed[Int(containers[id].probed)].outlook.isClosed = true
    planProbes(id)
  }

  /// A process that drains has nothing left to serve.
  mutating func serverIsIdle(_ pod: PodID) {
    guard let id = server(of: pod), containers[id].state == .stopping else { return }
    exits(id, code: 0, at: queue.now + template(of: id).profile.shutdown)
  }

  /// KILL, whatever the process still serves.
  mutating func killArrives(_ id: ContainerID) {
    let pod = containers[id].pod
    guard containers[id].isAlive, nodes.rows[pods.views[pod.index].node.index].alive else { return }
    note(.containerKilled(pod, .gracePeriod))
    containerExits(id, success: false)
  }

  /// What a pod runs for has ended: its sidecars are told to end too.
  mutating func stopSidecars(_ pod: PodID) {
    let grace = Span.seconds(
      Int64(template(of: pod).template.spec.terminationGracePeriodSeconds))
    for id in containerIDs(of: pod) where containers[id].state == .running {
      stop(id, grace: grace)
    }
  }

  /// Goes on with the end of a pod: sidecars go last, in reverse order, then the pod itself.
  mutating func endNext(_ pod: PodID) {
    var sidecar: ContainerID?
    for id in containerIDs(of: pod) {
      switch containers[id].state {
      case .stopping: return
      case .running: sidecar = id
      case .waiting, .preparing, .exited, .completed, .failed: continue
      }
    }
    if let sidecar {
      stop(sidecar, grace: max(pods.kubelet[pod.index].killAt - queue.now, .zero))
    } else {
      push(
        .podGone, pod.index,
        at: api.effect(arrival: queue.now + slowed(options.latencies.statusUpdate), slowness),
        generation: pods.generations[pod.index])
    }
  }

  /// The pod's object is deleted; whatever of it still ran is gone with it.
  mutating func podGoes(_ pod: PodID) {
    for id in containerIDs(of: pod) {
      endProbes(id)
      containers[id].generation &+= 1
      if !containers[id].hasEnded { containers[id].state = .exited }
    }
    // Whatever else was planned for the pod no longer holds.
    pods.generations[pod.index] &+= 1
    traffic.killServer(pod, &queue)
    releaseDevices(pod)
    detachVolumes(of: pod)
    pods.views[pod.index].gone = true
    pods.views[pod.index].ready = false
    storePod(pod)
    note(.podGone(pod))
  }

  /// The pod's machine stops: its processes die, its kubelet falls silent, the API server sees
  /// nothing of it.
  mutating func machineStops(_ pod: PodID) {
    pods.generations[pod.index] &+= 1
    for id in containerIDs(of: pod) {
      endProbes(id)
      containers[id].generation &+= 1
      if !containers[id].hasEnded { containers[id].state = .exited }
    }
    traffic.isolateServer(pod, &queue)
  }

  /// The pod's machine has booted: its kubelet ends what is being deleted, and starts the rest anew.
  mutating func machineReturns(_ pod: PodID) {
    let index = pod.index
    pods.generations[index] &+= 1
    pods.kubelet[index].isStatusPending = false
    traffic.killServer(pod, &queue)
    if pods.views[index].terminating {
      pods.kubelet[index].isStopping = false
      return push(
        .kubeletSeesDeletion, index, at: queue.now + slowed(options.latencies.watch),
        generation: pods.generations[index])
    }
    if pods.kubelet[index].firstContainer.isNone {
      return push(
        .kubeletSeesPod, index, at: queue.now + slowed(options.latencies.watch),
        generation: pods.generations[index])
    }
    let isRestarted = template(of: pod).template.spec.restartPolicy != .never
    for id in containerIDs(of: pod) where containers[id].state == .exited {
      containers[id].state = isRestarted || template(of: id).role == .sidecar ? .waiting : .failed
      containers[id].crashes = .init()
      if template(of: id).role == .server && containers[id].startedAt != .never {
        note(.containerExited(pod, restarts: Int(containers[id].restarts) + 1))
      }
    }
    updateStatus(pod)
    push(
      .podProceeds, index, at: queue.now + options.latencies.sandbox,
      generation: pods.generations[index])
  }
}

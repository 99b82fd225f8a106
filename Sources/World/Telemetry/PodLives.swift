import ClusterAPI
import Kernel
import Units

/// The states of all pods while a run is told again: what the API server holds of each, and what its kubelet
/// says of its containers.
struct PodLives {
  struct Life {
    var key: ObjectKey
    var state: PodState
    /// The container that serves its requests, in `state.containers`.
    var server: Int
    /// Whether the API server has it.
    var isThere = false
    /// When the process that serves ran, from start to end; the last span is open while it does.
    var runs: [(from: Instant, to: Instant)] = []
    /// When the last container ended, or the pod was gone.
    var ended = Instant.never
    var outOfMemory: [Instant] = []
  }

  /// By pod id.
  var lives: [Life]
  /// Names by id.
  let nodes: [String]
  var kubelets = KubeletCounts()

  /// What the timeline tells of a pod beyond its row: why containers wait, how they ended.
  mutating func happens(
    _ entry: TimelineEntry, _ shown: inout ShownObjects, _ store: inout TelemetryStore
  ) {
    guard let pod = PodLives.pod(of: entry.happening), lives.indices.contains(pod.index),
      lives[pod.index].isThere
    else { return }
    let unix = shown.clock.epoch + entry.at.ns / 1_000_000_000
    switch entry.happening {
    case .imagePullFailed: lives[pod.index].wait(for: "ImagePullBackOff")
    case .crashLoopBackOff: lives[pod.index].wait(for: "CrashLoopBackOff")
    case .outOfMemory:
      lives[pod.index].terminate(
        .init(reason: "OOMKilled", exitCode: 137, finishedAt: unix), entry.at)
      lives[pod.index].outOfMemory.append(entry.at)
    case .containerExited:
      // One that was killed for its memory has said so.
      if case .terminated = lives[pod.index].main?.state { return }
      lives[pod.index].terminate(
        .init(reason: "Error", exitCode: 1, finishedAt: unix), entry.at)
    default: return
    }
    show(pod, entry.at, &shown, &store)
  }

  private static func pod(of happening: Happening) -> PodID? {
    switch happening {
    case .imagePullFailed(let pod), .crashLoopBackOff(let pod, _), .outOfMemory(let pod),
      .containerExited(let pod, _):
      pod
    default: nil
    }
  }

  /// A write of the pod's row.
  mutating func write(
    _ pod: PodID, _ view: PodView, _ at: Instant, _ shown: inout ShownObjects,
    _ store: inout TelemetryStore
  ) {
    guard lives.indices.contains(pod.index) else { return }
    if view.gone {
      lives[pod.index].end(at)
      lives[pod.index].isThere = false
      kubelets.note(pod.index, nil, shown.clock.time(at), &store)
      return shown.end(lives[pod.index].key, at, &store)
    }
    lives[pod.index].isThere = true
    lives[pod.index].take(view, at, nodes, epoch: shown.clock.epoch)
    show(pod, at, &shown, &store)
  }

  private mutating func show(
    _ pod: PodID, _ at: Instant, _ shown: inout ShownObjects, _ store: inout TelemetryStore
  ) {
    kubelets.note(pod.index, lives[pod.index].state, shown.clock.time(at), &store)
    shown.show(KubeState.expose(lives[pod.index].state), of: lives[pod.index].key, at, &store)
  }
}

extension PodLives.Life {
  var main: PodState.Container? {
    state.containers.indices.contains(server) ? state.containers[server] : nil
  }

  /// The container that serves waits; it is not ready.
  fileprivate mutating func wait(for reason: String) {
    guard main != nil else { return }
    if case .terminated(let how) = state.containers[server].state {
      state.containers[server].lastTermination = how
    }
    state.containers[server].state = .waiting(reason: reason)
    state.containers[server].isReady = false
  }

  fileprivate mutating func terminate(_ how: PodState.Termination, _ at: Instant) {
    guard main != nil else { return }
    stop(at)
    state.containers[server].state = .terminated(how)
    state.containers[server].isReady = false
  }

  fileprivate mutating func stop(_ at: Instant) {
    if let last = runs.last, last.to == .never { runs[runs.count - 1].to = at }
  }

  fileprivate mutating func end(_ at: Instant) {
    stop(at)
    ended = min(ended, at)
  }

  /// What a write of its row says.
  fileprivate mutating func take(
    _ view: PodView, _ at: Instant, _ nodes: [String], epoch: Int64
  ) {
    let unix = epoch + at.ns / 1_000_000_000
    if !view.node.isNone, state.node.isEmpty {
      state.node = nodes[view.node.index]
      (state.scheduled, state.scheduledTime) = (.yes, unix)
      for index in state.containers.indices {
        let isInit = state.containers[index].isInit
        let waits = !isInit && state.containers.contains { $0.isInit }
        state.containers[index].state = .waiting(
          reason: waits ? "PodInitializing" : "ContainerCreating")
      }
    }
    if view.startTime != PodView.unset { state.startTime = epoch + view.startTime.seconds }
    state.created = epoch + view.created.seconds
    if view.terminating, state.deletionTimestamp == nil { state.deletionTimestamp = unix }
    switch view.phase {
    case .pending: state.phase = .pending
    case .running: state.phase = .running
    case .succeeded: state.phase = .succeeded
    case .failed: state.phase = .failed
    }
    if view.phase == .succeeded || view.phase == .failed { end(at) }
    if !state.node.isEmpty {
      let ready: Condition.Status = view.ready ? .yes : .no
      if state.ready != ready { (state.ready, state.readyTime) = (ready, unix) }
    }
    for index in state.containers.indices { take(view, container: index, unix) }
    if view.phase == .running, case .running = main?.state, runs.last?.to != .never {
      runs.append((at, .never))
    }
  }

  private mutating func take(_ view: PodView, container index: Int, _ unix: Int64) {
    let isOver = view.phase == .succeeded || view.phase == .failed
    let isTask =
      state.containers[index].isInit && state.containers[index].restartPolicy != "Always"
    if view.phase == .running {
      if isTask {
        state.containers[index].state = .terminated(.init(reason: "Completed", exitCode: 0))
      } else {
        run(index, restarts: index == server ? Int(view.restarts) : 0, unix)
      }
      state.containers[index].isReady = !isTask && view.ready
    } else if isOver {
      let failed = view.phase == .failed
      state.containers[index].state = .terminated(
        .init(
          reason: failed ? "Error" : "Completed", exitCode: failed ? 1 : 0, finishedAt: unix))
      state.containers[index].isReady = false
    }
  }

  /// A container runs, unless it has ended or waits since the restarts that are known.
  private mutating func run(_ index: Int, restarts: Int, _ unix: Int64) {
    let isNew = restarts > state.containers[index].restarts
    switch state.containers[index].state {
    case .running where !isNew: return
    case .waiting(let reason) where !isNew && reason.hasSuffix("BackOff"): return
    case .terminated(let how):
      if !isNew { return }
      state.containers[index].lastTermination = how
    default: break
    }
    state.containers[index].state = .running(startedAt: unix)
    state.containers[index].restarts = max(restarts, state.containers[index].restarts)
  }
}

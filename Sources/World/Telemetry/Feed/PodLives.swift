import ClusterAPI
import Kernel
import Units

/// The states of all pods as far as a run has been looked at: what the API server holds of each, and what
/// its kubelet says of its containers.
struct PodLives: Sendable {
  struct Life: Sendable {
    var state: PodState
    /// The container that serves its requests, in `state.containers`.
    var server: Int
    /// Whether kube-state-metrics is asked for it.
    var isShown: Bool
    /// Whether the API server has it.
    var isThere = false
    /// Whether the process that serves runs.
    var isRunning = false
    /// Whether its last container has ended, or it is gone.
    var isOver = false
    var kills = 0
  }

  /// By pod id.
  var lives: [Life] = []
  private var kubelets = KubeletCounts()
  /// What of pods kube-state-metrics is asked for; nil: nothing.
  private let shown: KubeState.Options?
  private let hasKubelets: Bool

  init(showing shown: KubeState.Options?, kubelets: Bool) {
    (self.shown, hasKubelets) = (shown, kubelets)
  }

  /// Whether a pod shows something that is asked for.
  func shows(_ pod: PodState) -> Bool { shown?.mayWant(pod) ?? false }

  /// What the timeline tells of a pod beyond its row: why containers wait, how they ended.
  ///
  /// - Returns: whether it tells something of a pod that is there.
  mutating func happens(
    _ entry: TimelineEntry, _ shown: inout ShownObjects, _ store: inout TelemetryStore
  ) -> Bool {
    guard let pod = PodLives.pod(of: entry.happening), lives[pod.index].isThere else {
      return false
    }
    let unix = shown.clock.epoch + entry.at.ns / 1_000_000_000
    switch entry.happening {
    case .imagePullFailed: lives[pod.index].wait(for: "ImagePullBackOff")
    case .crashLoopBackOff: lives[pod.index].wait(for: "CrashLoopBackOff")
    case .outOfMemory:
      lives[pod.index].terminate(
        .init(reason: "OOMKilled", exitCode: 137, finishedAt: unix))
      lives[pod.index].kills += 1
    case .podRejected: lives[pod.index].state.reason = "UnexpectedAdmissionError"
    case .containerExited:
      // One that was killed for its memory has said so.
      if case .terminated = lives[pod.index].main?.state { return false }
      lives[pod.index].terminate(.init(reason: "Error", exitCode: 1, finishedAt: unix))
    default: return false
    }
    show(pod, entry.at, &shown, &store)
    return true
  }

  static func pod(of happening: Happening) -> PodID? {
    switch happening {
    case .imagePullFailed(let pod), .crashLoopBackOff(let pod, _), .outOfMemory(let pod),
      .containerExited(let pod, _), .podRejected(let pod, _):
      pod
    default: nil
    }
  }

  /// A write of the pod's row.
  ///
  /// - Parameter node: the name of the node that it is on.
  mutating func write(
    _ pod: PodID, _ view: PodView, node: String, _ at: Instant, _ shown: inout ShownObjects,
    _ store: inout TelemetryStore
  ) {
    if view.gone {
      lives[pod.index].end()
      lives[pod.index].isThere = false
      if hasKubelets { kubelets.note(pod.index, nil, shown.clock.time(at), &store) }
      if lives[pod.index].isShown { shown.end(pod: pod.index, at, &store) }
      return
    }
    lives[pod.index].isThere = true
    lives[pod.index].take(view, at, node: node, epoch: shown.clock.epoch)
    show(pod, at, &shown, &store)
  }

  private mutating func show(
    _ pod: PodID, _ at: Instant, _ shown: inout ShownObjects, _ store: inout TelemetryStore
  ) {
    if hasKubelets {
      kubelets.note(pod.index, lives[pod.index].state, shown.clock.time(at), &store)
    }
    guard lives[pod.index].isShown, let options = self.shown else { return }
    let before = shown.labels(of: pod.index, store)
    shown.show(
      KubeState.expose(lives[pod.index].state, options, after: before), of: pod.index, at, &store)
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

  fileprivate mutating func terminate(_ how: PodState.Termination) {
    guard main != nil else { return }
    isRunning = false
    state.containers[server].state = .terminated(how)
    state.containers[server].isReady = false
  }

  fileprivate mutating func end() { (isRunning, isOver) = (false, true) }

  /// What a write of its row says.
  fileprivate mutating func take(
    _ view: PodView, _ at: Instant, node: String, epoch: Int64
  ) {
    let unix = epoch + at.ns / 1_000_000_000
    if !view.node.isNone, state.node.isEmpty {
      state.node = node
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
    if view.phase == .succeeded || view.phase == .failed { end() }
    if !state.node.isEmpty {
      let ready: Condition.Status = view.ready ? .yes : .no
      if state.ready != ready { (state.ready, state.readyTime) = (ready, unix) }
    }
    for index in state.containers.indices { take(view, container: index, unix) }
    if view.phase == .running, case .running = main?.state { isRunning = true }
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

import ClusterAPI
import Control
import Kernel
import Units

// A container: image, start, exit, back-off.
extension World {
  /// Gets the image of a container whose turn has come, and then starts it.
  mutating func begin(_ id: ContainerID) {
    let pod = containers[id].pod
    guard isServed(pod) else { return }
    containers[id].state = .preparing
    if let at = fetchImage(id) {
      let setup = template(of: id).profile.setup
      push(.containerStarts, id, at: at + setup + options.latencies.containerStart)
      return
    }
    // ErrImagePull: tried again after 10 s, 20 s, ... 300 s (ImagePullBackOff).
    containers[id].pulls.failed(queue.now)
    note(.imagePullFailed(pod))
    push(.pullsAgain, id, at: containers[id].pulls.nextPull(queue.now))
    // Regular containers behind it do not wait for it.
    if template(of: id).role == .server || template(of: id).role == .regular { podProceeds(pod) }
  }

  /// When the image is there; nil: it cannot be had.
  private mutating func fetchImage(_ id: ContainerID) -> Instant? {
    let template = template(of: id)
    let node = pods.views[containers[id].pod.index].node
    while pulls.count <= node.index { pulls.append(ImagePulls()) }
    for image in pulls[node.index].takeEnded(queue.now) { keep(image, on: node) }
    let isPresent = nodes.rows[node.index].images.contains(template.image)
    containers[id].pulled = .zero
    switch template.pullPolicy {
    case .never: return isPresent ? queue.now : nil
    case .ifNotPresent where isPresent: return queue.now
    case .always, .ifNotPresent: break
    }
    guard canPull(template) else { return nil }
    let answered = queue.now + options.latencies.registryRequest
    if isPresent { return answered }
    let bandwidth = Double(max(1, options.latencies.pullBandwidth.count))
    let end =
      pulls[node.index].end(of: template.image)
      ?? pulls[node.index].pull(
        template.image, now: answered,
        duration: .seconds(rounding: Double(template.profile.size.count) / bandwidth))
    containers[id].pulled = end - queue.now
    return max(end, answered)
  }

  private func canPull(_ template: ContainerTemplate) -> Bool {
    template.profile.pullable
      && !failingImages.contains { Wildcard.matches($0, template.container.image) }
  }

  private mutating func keep(_ image: ImageID, on node: NodeID) {
    if !nodes.rows[node.index].images.contains(image) {
      nodes.rows[node.index].images.append(image)
    }
  }

  mutating func containerStarts(_ id: ContainerID) {
    let pod = containers[id].pod
    guard isServed(pod) else { return }
    let template = template(of: id)
    keep(template.image, on: pods.views[pod.index].node)
    if containers[id].pulled > .zero {
      note(.imagePulled(pod, image: template.container.image, took: containers[id].pulled))
    }
    if containers[id].startedAt != .never { containers[id].restarts += 1 }
    containers[id].state = .running
    containers[id].isListening = false
    containers[id].startedAt = queue.now
    let behaviour = behaviour(of: template)
    let startup = draw(id, .startup, template.profile.startup)
    let listening = queue.now + startup * behaviour.startupFactor
    if template.role == .server { serverStarts(pod, template) }
    if template.isTask {
      push(.containerExits, id, at: listening)
    } else {
      push(.processListens, id, at: listening)
    }
    if let crash = template.profile.crashAfterStart {
      push(.containerExits, id, at: queue.now + draw(id, .crashAtStart, crash), extra: 1)
    }
    // A GPU that is gone is missed as soon as the process opens it.
    if holdsFailedDevice(id) { push(.containerExits, id, at: queue.now, extra: 1) }
    openProbes(id, listening: listening, isNeverReady: behaviour.neverReady)
    // The kubelet goes on when postStart has returned.
    let postStart = template.container.postStart?.knownDuration ?? .zero
    if postStart > .zero {
      push(.containerRuns, id, at: queue.now + postStart)
    } else {
      containerRuns(id)
    }
  }

  /// A sample named by the pod, the container and the number of its instance.
  private func draw(
    _ id: ContainerID, _ purpose: DrawPurpose, _ distribution: Distribution
  ) -> Span {
    let row = containers[id]
    let cause = podCause(row.pod)
    let isServer = template(of: id).role == .server
    let named = isServer ? cause : CauseHash().with(UInt64(cause)).with(row.index).value
    return distribution.sample(
      uniform: uniform(purpose, cause: named, index: UInt64(row.restarts)))
  }

  /// The kubelet sees that the container runs.
  mutating func containerRuns(_ id: ContainerID) {
    startProbes(id)
    let pod = containers[id].pod
    syncPod(pod)
    if isReady(id) { containerBecomesReady(id) }
    podProceeds(pod)
  }

  /// A container has become ready for the first time since its start.
  mutating func containerBecomesReady(_ id: ContainerID) {
    let template = template(of: id)
    let fixed = behaviour(of: template).crashAfterReady
    guard template.role != .initial,
      let after = fixed ?? template.profile.crashAfterReady.map({ draw(id, .crash, $0) })
    else { return }
    push(.containerExits, id, at: queue.now + after, extra: 1)
  }

  /// The process ends.
  mutating func containerExits(_ id: ContainerID, success: Bool) {
    guard containers[id].isAlive else { return }
    let (pod, role) = (containers[id].pod, template(of: id).role)
    endProbes(id)
    containers[id].generation &+= 1
    containers[id].endedAt = queue.now
    if role == .server { traffic.killServer(pod, &queue) }
    guard isServed(pod) else {
      containers[id].state = .exited
      return
    }
    if pods.kubelet[pod.index].isStopping {
      containers[id].state = .exited
      endNext(pod)
      return
    }
    if isRestarted(id, success: success) {
      containers[id].state = .exited
      note(.containerExited(pod, restarts: Int(containers[id].restarts) + 1))
      let at = containers[id].crashes.restart(after: queue.now)
      if at > queue.now { note(.crashLoopBackOff(pod, wait: at - queue.now)) }
      push(.containerRestarts, id, at: at)
    } else {
      containers[id].state = success ? .completed : .failed
      if hasEnded(pod) { stopSidecars(pod) }
    }
    syncPod(pod)
    if role == .initial && success { podProceeds(pod) }
  }

  private func isRestarted(_ id: ContainerID, success: Bool) -> Bool {
    switch template(of: id).role {
    case .sidecar: return !hasEnded(containers[id].pod)
    case .initial where success: return false
    case .initial: return template(of: containers[id].pod).template.spec.restartPolicy != .never
    case .server, .regular: break
    }
    switch template(of: containers[id].pod).template.spec.restartPolicy {
    case .always: return true
    case .onFailure: return !success
    case .never: return false
    }
  }

  /// The back-off of a container that ended is over.
  mutating func containerRestarts(_ id: ContainerID) {
    guard containers[id].state == .exited else { return }
    containers[id].crashes.restarted(after: containers[id].endedAt, now: queue.now)
    begin(id)
  }

  /// Pushes the exit of a process that runs.
  mutating func exits(_ id: ContainerID, code: UInt8, at: Instant) {
    guard containers[id].isAlive else { return }
    push(.containerExits, id, at: at, extra: code)
  }

  struct Behaviour {
    var neverReady: Bool
    var crashAfterReady: Span?
    var startupFactor = Ratio.one
    var probeLatency: Span?
  }

  /// What the image does now: its profile, overridden by the disturbances that match it.
  func behaviour(of template: ContainerTemplate) -> Behaviour {
    var result = Behaviour(neverReady: template.profile.neverReady, crashAfterReady: nil)
    for (pattern, change) in behaviours
    where Wildcard.matches(pattern, template.container.image) {
      if let value = change.neverReady { result.neverReady = value }
      if let value = change.crashAfterReady { result.crashAfterReady = value }
      if let value = change.startupFactor { result.startupFactor = value }
      if let value = change.probeLatency { result.probeLatency = value }
    }
    return result
  }
}

extension Span {
  fileprivate static func * (span: Span, factor: Ratio) -> Span {
    factor == .one ? span : Span(ns: Int64(Double(span.ns) * factor.value))
  }
}

import ClusterAPI
import Kernel
import Units

extension World {
  /// The kubelet of the pod's node learns of it: images are pulled, the sandbox is made.
  mutating func kubeletSees(_ pod: PodID) {
    let node = pods.views[pod.index].node
    guard nodes.rows[node.index].alive else { return }
    allocateDevices(pod)
    if pods.seen[pod.index] == .never { pods.seen[pod.index] = queue.now }
    let row = templates[pods.templates[pod.index].index]
    var delay = options.latencies.sandbox
    for image in row.images where !nodes.rows[node.index].images.contains(image) {
      if !canPull(image, row) {
        pullFails(pod)
        return
      }
      nodes.rows[node.index].images.append(image)
      delay += Span(
        ns: row.profile.size.count * 1_000
          / max(1, options.latencies.pullBandwidth.count / 1_000_000))
    }
    delay += options.latencies.containerStart * Int64(row.template.spec.containers.count)
    push(
      .containerStarts, pod.index, at: queue.now + delay, generation: pods.generations[pod.index])
  }

  private func canPull(_ image: ImageID, _ row: TemplateRow) -> Bool {
    row.profile.pullable
      && !failingImages.contains { Wildcard.matches($0, imageNames[image.index]) }
  }

  /// ErrImagePull: tried again after 10 s, 20 s, ... 300 s (ImagePullBackOff).
  private mutating func pullFails(_ pod: PodID) {
    let failures = Int64(min(pods.pullFailures[pod.index], 5))
    pods.pullFailures[pod.index] = UInt8(failures + 1)
    note(.imagePullFailed(pod))
    push(
      .kubeletSeesPod, pod.index,
      at: queue.now + min(.seconds(10) * (1 << failures), .seconds(300)),
      generation: pods.generations[pod.index])
  }

  mutating func containerStarts(_ pod: PodID) {
    guard nodes.rows[pods.views[pod.index].node.index].alive else { return }
    pods.started[pod.index] = queue.now
    let first = pods.views[pod.index].phase == .pending
    pods.views[pod.index].phase = .running
    if first { note(.podRunning(pod)) }
    let row = templates[pods.templates[pod.index].index]
    let behaviour = behaviour(of: row)
    let generation = pods.generations[pod.index]
    let listening = listenTime(pod, row, behaviour)
    serverStarts(pod, listening: listening)
    if let ready = readyTime(pod, row, behaviour, listening) {
      push(.podReady, pod.index, at: ready, generation: generation)
      if let after = behaviour.crashAfterReady {
        push(.containerExits, pod.index, at: ready + after, generation: generation)
      }
    }
    if first { storePod(pod) }
  }

  /// When the process listens: its start-up time after the start of the container.
  private func listenTime(_ pod: PodID, _ row: TemplateRow, _ behaviour: Behaviour) -> Instant {
    let u = uniform(.startup, cause: podCause(pod), index: UInt64(pods.views[pod.index].restarts))
    let startup = row.profile.startup.sample(uniform: u)
    return pods.started[pod.index]
      + Span(ns: Int64(Double(startup.ns) * behaviour.startupFactor.value))
  }

  /// When readiness comes, if it ever does: the first probe that finds the process listening.
  private func readyTime(
    _ pod: PodID, _ row: TemplateRow, _ behaviour: Behaviour, _ listening: Instant
  ) -> Instant? {
    let started = pods.started[pod.index]
    guard let probe = row.template.spec.containers.first?.readinessProbe else {
      // Without a probe a container is ready as soon as it runs.
      return started
    }
    if behaviour.neverReady { return nil }
    // Workers tick with the period from the moment at which the pod was added.
    let earliest = max(listening, started + .seconds(Int64(probe.initialDelaySeconds)))
    let period = Span.seconds(Int64(max(1, probe.periodSeconds)))
    let since = earliest - pods.seen[pod.index]
    let ticks = (since.ns + period.ns - 1) / period.ns + Int64(max(1, probe.successThreshold) - 1)
    return pods.seen[pod.index] + period * ticks + options.latencies.statusUpdate
  }

  mutating func podBecomesReady(_ pod: PodID) {
    guard !pods.views[pod.index].terminating else { return }
    pods.views[pod.index].ready = true
    pods.views[pod.index].readyTransition = Timestamp(queue.now)
    storePod(pod)
    note(.podReady(pod))
  }

  /// The process exits with an error: restarted at once, then after 10 s, 20 s, ... 300 s.
  mutating func containerExits(_ pod: PodID) {
    guard !pods.views[pod.index].terminating else { return }
    let restarts = Int(pods.views[pod.index].restarts)
    pods.views[pod.index].restarts += 1
    if pods.views[pod.index].ready {
      pods.views[pod.index].ready = false
      pods.views[pod.index].readyTransition = Timestamp(queue.now)
      note(.podUnready(pod))
    }
    traffic.killServer(pod, &queue)
    storePod(pod)
    note(.containerExited(pod, restarts: restarts + 1))
    pods.generations[pod.index] &+= 1
    let wait =
      restarts == 0
      ? Span.zero : min(.seconds(10) * (1 << Int64(min(restarts - 1, 9))), .seconds(300))
    push(
      .containerStarts, pod.index, at: queue.now + wait + options.latencies.containerStart,
      generation: pods.generations[pod.index])
  }

  /// TERM after preStop, and the end of the process; a grace period of 0 asks no kubelet.
  mutating func terminate(_ pod: PodID, grace: Int?) {
    pods.generations[pod.index] &+= 1
    let view = pods.views[pod.index]
    let row = templates[pods.templates[pod.index].index]
    let generation = pods.generations[pod.index]
    var end = queue.now
    if grace != 0, !view.node.isNone {
      guard nodes.rows[view.node.index].alive else { return }
      end += options.latencies.watch
      if view.phase == .running {
        let preStop = row.template.spec.containers.first?.preStop?.knownDuration ?? .zero
        let seconds = grace ?? row.template.spec.terminationGracePeriodSeconds
        push(.processTerminated, pod.index, at: end + preStop, generation: generation)
        // KILL at the end of the grace period, whatever the process still serves.
        end += .seconds(Int64(seconds))
      }
    }
    push(.podGone, pod.index, at: max(end, queue.now + Span(ns: 1)), generation: generation)
  }

  mutating func podGoes(_ pod: PodID) {
    // Whatever else was planned for the pod no longer holds.
    pods.generations[pod.index] &+= 1
    traffic.killServer(pod, &queue)
    releaseDevices(pod)
    pods.views[pod.index].gone = true
    pods.views[pod.index].ready = false
    storePod(pod)
    note(.podGone(pod))
  }

  struct Behaviour {
    var neverReady: Bool
    var crashAfterReady: Span?
    var startupFactor = Ratio.one
  }

  /// What the image does now: its profile, overridden by the disturbances that match it.
  func behaviour(of row: TemplateRow) -> Behaviour {
    var result = Behaviour(
      neverReady: row.profile.neverReady, crashAfterReady: row.profile.crashAfterReady?.mean)
    let image = row.template.spec.containers.first?.image ?? ""
    for (pattern, change) in behaviours where Wildcard.matches(pattern, image) {
      if let value = change.neverReady { result.neverReady = value }
      if let value = change.crashAfterReady { result.crashAfterReady = value }
      if let value = change.startupFactor { result.startupFactor = value }
    }
    return result
  }
}

import ClusterAPI
import Kernel
import Units

extension World {
  /// A fault happens to the world.
  mutating func disturb(_ disturbance: Disturbance) {
    switch disturbance {
    case .behaviour(let image, let change):
      behaviours.append((image, change))
      refreshServers(image)
      note(.fault("\(image): \(change.words)"))
    case .registry(let image, let failing):
      note(.fault("registry \(failing ? "stops" : "begins again") to deliver \(image)"))
      failingImages.removeAll { $0 == image }
      if failing { failingImages.append(image) }
    case .killPods(let workload, let count):
      note(.fault("\(count) \(count == 1 ? "pod" : "pods") of \(workload.description) killed"))
      for pod in drawRunning(workload, count: count) {
        if let server = server(of: pod) { exits(server, code: 137, at: queue.now) }
      }
    case .deletePods(let workload, let count):
      note(.fault("\(count) \(count == 1 ? "pod" : "pods") of \(workload.description) deleted"))
      for pod in drawRunning(workload, count: count) {
        _ = apply(.deletePod(pod, gracePeriodSeconds: nil))
      }
    case .evictPods(let workload, let count):
      note(.fault("\(count) \(count == 1 ? "pod" : "pods") of \(workload.description) evicted"))
      for pod in drawRunning(workload, count: count) { manager.drain.queue.add(pod.raw) }
    case .podReadiness(let reference, let ready):
      guard let pod = pod(reference) else { return note(.fault("no pod \(reference.description)")) }
      note(.fault("\(podName(pod)) reported \(ready ? "ready" : "not ready")"))
      pods.kubelet[pod.index].forcedReady = ready
      updateStatus(pod)
    case .nodes(let selection, let trouble): self.trouble(selection, trouble)
    case .nodesRecover(let selection, let trouble): troubleEnds(selection, trouble)
    case .loadFactor(let service, let factor):
      note(.fault("load of \(service.description) times \(factor.decimal)"))
      guard let id = services.id(service) else { return }
      for load in services.rows[id.index].loads { traffic.setFactor(load, factor, &queue) }
    case .apiServer(let latency, let refused):
      api.addedLatency = latency
      api.refused = refused
      note(
        .fault(
          "API server: \(latency.ns / 1_000_000) ms more, \(refused.percent) of writes refused"
        ))
    }
  }

  /// Running pods of a workload in an order drawn by their own causes, so that one more pod
  /// changes nobody else's place.
  private func drawRunning(_ workload: ObjectKey, count: Int) -> [PodID] {
    var drawn: [(key: Double, pod: PodID)] = []
    for (index, view) in pods.views.enumerated() {
      guard view.phase == .running, !view.gone, !view.terminating,
        owners[view.owner.index].workload == workload
      else { continue }
      let pod = PodID(index)
      drawn.append(
        (uniform(.kill, cause: podCause(pod), index: UInt64(queue.now.ns)), pod))
    }
    return drawn.sorted { ($0.key, $0.pod.raw) < ($1.key, $1.pod.raw) }.prefix(count).map(\.pod)
  }
}

extension BehaviourChange {
  /// What changes, with its figures.
  var words: String {
    var parts: [String] = []
    if let neverReady { parts.append(neverReady ? "never ready" : "ready again") }
    if let crashAfterReady {
      parts.append("exits \(crashAfterReady.ns / 1_000_000) ms after it is ready")
    }
    if let errors { parts.append("\(errors.percent) of requests answered with 500") }
    if let slowdown { parts.append("service time times \(slowdown.decimal)") }
    if let leakPerRequest { parts.append("leaks \(leakPerRequest.count / 1024) KiB per request") }
    if let startupFactor { parts.append("start-up time times \(startupFactor.decimal)") }
    if let probeLatency { parts.append("probes answered in \(probeLatency.ns / 1_000_000) ms") }
    return parts.joined(separator: ", ")
  }
}

extension Ratio {
  /// `5 %`, `0.25 %`: never 0 for what is more than nothing.
  var percent: String { "\(Ratio.decimal(ppm, unit: 10_000)) %" }

  /// `2`, `1.5`
  var decimal: String { Ratio.decimal(ppm, unit: 1_000_000) }

  /// Every digit of it, for a unit that is a power of ten.
  private static func decimal(_ value: Int64, unit: Int64) -> String {
    var (rest, text) = (value % unit, "\(value / unit)")
    var size = unit
    if rest > 0 { text += "." }
    while rest > 0 {
      size /= 10
      text += "\(rest / size)"
      rest %= size
    }
    return text
  }
}

import ClusterAPI
import Kernel
import PromQL
import Units

// What pods and their kubelets show of themselves.
extension World {
  func writePods(
    _ lives: PodLives, _ clock: TelemetryClock, _ end: Instant, _ store: inout TelemetryStore
  ) {
    let interval = store.scrapeInterval
    let showsContainers = store.keeps(ContainerMetrics.families)
    let showsRequests = store.keeps(ApplicationMetrics.families)
    var kubelets: Set<String> = []
    for (index, life) in lives.lives.enumerated() where !life.runs.isEmpty {
      let pod = PodID(index)
      guard let container = life.main else { continue }
      let rows = showsContainers || showsRequests ? traffic.meterRows(pod) : []
      let kubelet = Target.cadvisor(node: life.state.node, interval)
      if kubelets.insert(life.state.node).inserted {
        store.set(kubelet.labels("up"), phase: kubelet.phase, at: store.begin, 1)
      }
      let application = Target(applicationLabels(pod, life), interval: interval)
      let labels = [
        Label("namespace", life.state.namespace), Label("pod", life.state.name),
        Label("container", container.name), Label("image", container.image),
      ]
      let profile = template(of: pod).containers[life.server].profile
      for run in life.runs {
        let (from, to) = (clock.time(run.from), clock.time(min(run.to, end)))
        let own = rowsWithin(rows, run, profile.memory.base.count)
        let shown =
          showsContainers
          ? ContainerMetrics.write(own, labels, of: kubelet, into: &store, clock: clock) : []
        let up = application.labels("up")
        store.set(up, phase: application.phase, at: from, 1)
        var series = [up]
        // A process without requests has nothing to count yet.
        if showsRequests, !rows.isEmpty {
          series += ApplicationMetrics.write(own, of: application, into: &store, clock: clock)
        }
        if run.to <= end {
          store.end(shown, phase: kubelet.phase, at: to)
          store.end(series, phase: application.phase, at: to)
        }
      }
    }
  }

  /// The rows of one span of running, after one of zeros at its beginning.
  private func rowsWithin(
    _ rows: [Int64], _ run: (from: Instant, to: Instant), _ memory: Int64
  ) -> [Int64] {
    var own = [Int64](repeating: 0, count: PodMeter.width)
    own[PodMeter.Field.at.rawValue] = run.from.ns
    own[PodMeter.Field.memory.rawValue] = memory
    for base in stride(from: 0, to: rows.count, by: PodMeter.width) {
      let at = rows[base]
      if at > run.from.ns, at < run.to.ns { own += rows[base..<base + PodMeter.width] }
    }
    return own
  }

  /// As the operator's ServiceMonitor labels a pod: by the first Service that selects it.
  private func applicationLabels(_ pod: PodID, _ life: PodLives.Life) -> [Label] {
    let service = services.rows.first { row in
      guard let selector = row.service.selector, !selector.isEmpty,
        row.service.meta.namespace == life.state.namespace
      else { return false }
      return LabelSelector(matchLabels: selector).matches(life.state.labels)
    }?.service.meta.name
    var labels = [
      Label("namespace", life.state.namespace), Label("pod", life.state.name),
      Label("container", life.main?.name ?? ""),
      Label("job", service ?? owners[pods.views[pod.index].owner.index].workload.name),
      Label("instance", "\(life.state.name):8080"),
    ]
    if let service { labels.append(Label("service", service)) }
    return labels
  }
}

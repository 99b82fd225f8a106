import ClusterAPI
import Kernel
import PromQL
import Units

// What pods and the exporters beside them show.
extension World {
  func writePods(
    _ lives: PodLives, _ clock: TelemetryClock, _ end: Instant, _ store: inout TelemetryStore
  ) {
    for (index, life) in lives.lives.enumerated() where !life.runs.isEmpty {
      let pod = PodID(index)
      guard life.main != nil else { continue }
      let rows = traffic.meterRows(pod)
      writeProcesses(pod, life, rows, clock, end, &store)
      if hasSidecar(pod) { writeProxy(pod, life, rows, clock, end, &store) }
    }
  }

  /// The container that serves and its own endpoint, from the start of each process to its end.
  private func writeProcesses(
    _ pod: PodID, _ life: PodLives.Life, _ rows: MeterRows, _ clock: TelemetryClock,
    _ end: Instant, _ store: inout TelemetryStore
  ) {
    guard let container = life.main else { return }
    let interval = store.scrapeInterval
    let kubelet = Target.cadvisor(node: life.state.node, interval)
    let application = Target(applicationLabels(pod, life), interval: interval)
    let own = [
      Label("namespace", life.state.namespace), Label("pod", life.state.name),
      Label("container", container.name), Label("image", container.image),
    ]
    let template = template(of: pod).containers[life.server]
    let metrics = template.profile.metrics
    let up = application.labels("up")
    for run in life.runs {
      let counted = rows.within(run.from, min(run.to, end), ofProcess: true)
      let shown = ContainerMetrics.write(
        counted, of: container, own, memory: template.profile.memory.base, at: kubelet, clock,
        into: &store)
      store.set(up, phase: application.phase, at: clock.time(run.from), 1)
      var series = ApplicationMetrics.write(
        counted, bounds: rows.bounds, metrics, of: application, clock, into: &store)
      if metrics.isVLLM(container.image) {
        series += VLLMMetrics.write(
          counted, bounds: rows.bounds, template, of: application, clock, into: &store)
      }
      if run.to <= end {
        let to = clock.time(run.to)
        store.end(shown, phase: kubelet.phase, at: to)
        store.end(series, phase: application.phase, at: to)
        // The target is there as long as the pod is.
        store.set(up, phase: application.phase, at: to, 0)
      }
    }
    ContainerMetrics.write(
      kills: life.outOfMemory, from: life.runs[0].from, until: life.ended, own,
      at: kubelet, clock, into: &store)
    if life.ended <= end {
      store.end([up], phase: application.phase, at: clock.time(life.ended))
    }
  }

  /// Istio's proxy beside the containers of a pod, as long as they run.
  private func writeProxy(
    _ pod: PodID, _ life: PodLives.Life, _ rows: MeterRows, _ clock: TelemetryClock,
    _ end: Instant, _ store: inout TelemetryStore
  ) {
    let state = life.state
    guard let service = service(of: state.labels, namespace: state.namespace) else { return }
    let proxy = IstioMetrics.proxy(state.namespace, state.name, store.scrapeInterval)
    var series = IstioMetrics.series(
      .destination,
      .init(
        workload: owners[pods.views[pod.index].owner.index].workload.name,
        namespace: state.namespace, service: service.meta.name, labels: state.labels),
      IstioMetrics.outcomes, of: proxy, among: rows.bounds)
    let up = proxy.labels("up")
    store.set(up, phase: proxy.phase, at: clock.time(life.runs[0].from), 1)
    let counted = rows.within(life.runs[0].from, min(life.ended, end), ofProcess: false)
    for row in counted { series.write([row], at: clock.time(row.at), into: &store) }
    if life.ended <= end {
      store.end(series.all + [up], phase: proxy.phase, at: clock.time(life.ended))
    }
  }

  /// As the operator's ServiceMonitor labels a pod: by the first Service that selects it.
  private func applicationLabels(_ pod: PodID, _ life: PodLives.Life) -> [Label] {
    let service = service(of: life.state.labels, namespace: life.state.namespace)?.meta.name
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

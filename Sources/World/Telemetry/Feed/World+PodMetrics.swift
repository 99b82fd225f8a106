import ClusterAPI
import Kernel
import PromQL
import Units

// What pods and the exporters beside them show.
extension World {
  /// What a pod was before something was told of it.
  struct PodMoment {
    var isRunning = false
    var isOver = false
    var kills = 0

    init(_ life: PodLives.Life) {
      (isRunning, isOver, kills) = (life.isRunning, life.isOver, life.kills)
    }
  }

  /// Something was told of a pod.
  mutating func follow(
    _ pod: PodID, from before: PodMoment, _ at: Instant, _ feed: inout TelemetryFeed
  ) {
    guard feed.reads.ofPods else { return }
    let life = feed.lives.lives[pod.index]
    if before.isRunning, !life.isRunning { processEnds(pod, at, &feed) }
    if !before.isRunning, life.isRunning { processStarts(pod, life, at, &feed) }
    if before.kills != life.kills, let place = feed.pods[pod.index]?.kills {
      feed.store.set(place, at: feed.clock.time(at), Double(life.kills))
    }
    if !before.isOver, life.isOver { podEnds(pod, at, &feed) }
    if !life.isThere {
      feed.pods[pod.index] = nil
      if pod.index < traffic.meters.pods.count {
        traffic.meters.forgetRows(
          ofPod: pod.index, before: traffic.meters.pods[pod.index].rows.end)
      }
    }
  }

  private func processStarts(
    _ pod: PodID, _ life: PodLives.Life, _ at: Instant, _ feed: inout TelemetryFeed
  ) {
    guard let container = life.main else { return }
    let interval = feed.store.scrapeInterval
    let time = feed.clock.time(at)
    let isFirst = feed.pods[pod.index] == nil
    var exporters = feed.pods[pod.index] ?? PodExporters.Exporters()
    let template = template(of: pod).containers[life.server]
    let bounds = meterPlan(of: pod, template).bounds
    let start =
      pod.index < traffic.meters.pods.count ? traffic.meters.pods[pod.index].rows.start : 0
    if feed.reads.containers {
      let kubelet = Target.cadvisor(node: life.state.node, interval)
      let own = [
        Label("namespace", life.state.namespace), Label("pod", life.state.name),
        Label("container", container.name), Label("image", container.image),
      ]
      exporters.container = ContainerExporter(
        reader: MeterReader(kubelet.scrapes, from: at, position: start), of: container, own,
        held: template.profile.memory.base, at: kubelet, feed.clock, into: &feed.store)
      if isFirst {
        exporters.kills = feed.store.place(
          of: "container_oom_events_total", own, at: kubelet)
        feed.store.set(exporters.kills, at: time, Double(life.kills))
      }
    }
    if feed.reads.applications {
      let target =
        exporters.application ?? Target(applicationLabels(pod, life), interval: interval)
      exporters.application = target
      exporters.up = feed.store.place(of: "up", at: target)
      feed.store.set(exporters.up, at: time, 1)
      let metrics = template.profile.metrics
      exporters.process = ApplicationExporter(
        reader: MeterReader(target.scrapes, from: at, position: start),
        ApplicationMetrics.series(metrics, of: target, among: bounds),
        metrics.isVLLM(container.image)
          ? VLLMSeries(template, of: target, among: bounds, at: time, in: &feed.store) : nil)
    }
    if exporters.proxy == nil, feed.reads.mesh, hasSidecar(pod) {
      open(&exporters, ofProxy: pod, life, at, start, bounds, &feed)
    }
    feed.pods[pod.index] = exporters
    feed.pods.hears(pod.index)
    feed.devices.setMemory(of: pod, isRunning: true, at, into: &feed.store)
  }

  private func processEnds(_ pod: PodID, _ at: Instant, _ feed: inout TelemetryFeed) {
    feed.devices.setMemory(of: pod, isRunning: false, at, into: &feed.store)
    guard feed.pods[pod.index] != nil else { return }
    let time = feed.clock.time(at)
    if pod.index < traffic.meters.pods.count {
      feed.pods.finish(
        pod.index, traffic.meters.pods[pod.index].rows, at: at, feed.clock, into: &feed.store)
    }
    guard var exporters = feed.pods[pod.index] else { return }
    feed.store.end(
      (exporters.container?.places ?? []) + (exporters.process?.places ?? []), at: time)
    (exporters.container, exporters.process) = (nil, nil)
    // The target is there as long as the pod is.
    feed.store.set(exporters.up, at: time, 0)
    feed.pods[pod.index] = exporters
  }

  private func podEnds(_ pod: PodID, _ at: Instant, _ feed: inout TelemetryFeed) {
    proxyEnds(pod, at, &feed)
    guard let exporters = feed.pods[pod.index] else { return }
    feed.store.end(
      [exporters.proxyUp, exporters.kills, exporters.up], at: feed.clock.time(at))
  }

  /// The proxy is gone with its pod, or with the machine; its target is there as long as the pod is.
  func proxyEnds(_ pod: PodID, _ at: Instant, _ feed: inout TelemetryFeed) {
    guard feed.pods[pod.index]?.proxy != nil else { return }
    if pod.index < traffic.meters.pods.count {
      feed.pods.finishProxy(
        pod.index, traffic.meters.pods[pod.index].rows, at: at, feed.clock, into: &feed.store)
    }
    guard var exporters = feed.pods[pod.index] else { return }
    let time = feed.clock.time(at)
    feed.store.end(exporters.proxy?.places ?? [], at: time)
    feed.store.set(exporters.proxyUp, at: time, 0)
    exporters.proxy = nil
    feed.pods[pod.index] = exporters
  }

  /// Istio's proxy beside the containers of a pod, as long as they run.
  private func open(
    _ exporters: inout PodExporters.Exporters, ofProxy pod: PodID, _ life: PodLives.Life,
    _ at: Instant, _ start: Int, _ bounds: [Span], _ feed: inout TelemetryFeed
  ) {
    let state = life.state
    guard let service = service(of: state.labels, namespace: state.namespace) else { return }
    let proxy = IstioMetrics.proxy(state.namespace, state.name, feed.store.scrapeInterval)
    let requests = IstioMetrics.series(
      .destination,
      .init(
        workload: owners[pods.views[pod.index].owner.index].workload.name,
        namespace: state.namespace, service: service.meta.name, labels: state.labels),
      IstioMetrics.outcomes, of: proxy, among: bounds)
    exporters.proxyUp = feed.store.place(of: "up", at: proxy)
    feed.store.set(exporters.proxyUp, at: feed.clock.time(at), 1)
    exporters.proxy = ProxyExporter(
      reader: MeterReader(proxy.scrapes, from: at, position: start), requests)
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

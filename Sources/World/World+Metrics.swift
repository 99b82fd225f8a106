import ClusterAPI
import Kernel
import Units

// What controllers read past their informers: scales and metrics.
extension World {
  mutating func answer(_ query: Query) -> QueryResult {
    switch query {
    case .scale(let key): scale(of: key).map { .scale($0) } ?? .refused(.notFound)
    case .resourceMetrics(let resource, let container, let namespace, let selector):
      resourceMetrics(resource, container, owners(selectedBy: selector, namespace: namespace))
    case .podsMetric(let metric, _, let namespace, let selector):
      answer(query, owners(selectedBy: selector, namespace: namespace)) { .pods(metric, of: $0) }
    case .objectMetric(let metric, _, _, let kind, let name):
      scripted(.object(metric, kind: kind, name: name)) ?? adapted(query, owners: [])
    case .externalMetric(let metric, _, _):
      scripted(.external(metric)) ?? adapted(query, owners: [])
    }
  }

  private mutating func answer(
    _ query: Query, _ selected: [Int], _ subject: (ObjectKey) -> MetricScript.Subject
  ) -> QueryResult {
    scripted(selected, subject) ?? adapted(query, owners: selected)
  }

  /// A metric that belongs to no pod; nil: no script is about it.
  private func scripted(_ subject: MetricScript.Subject) -> QueryResult? {
    guard let script = options.metrics.first(where: { $0.subject == subject }) else { return nil }
    guard script.isOpen(0, at: queue.now), let value = script.value(at: queue.now) else {
      return .values([])
    }
    return .values([value])
  }

  /// A metric of pods; nil: no script is about their workloads.
  private func scripted(
    _ selected: [Int], _ subject: (ObjectKey) -> MetricScript.Subject
  ) -> QueryResult? {
    let subjects = selected.map { subject(owners[$0].workload) }
    guard let script = options.metrics.first(where: { subjects.contains($0.subject) }) else {
      return nil
    }
    let reporting = reporting(selected)
    var ready = 0
    for pod in reporting where pods.views[pod.index].ready { ready += 1 }
    var metrics: [(String, PodMetric)] = []
    for pod in reporting {
      // Nobody is counted where numbers do not matter.
      let isNumbered = !script.gaps.isEmpty || !script.readings.isEmpty
      let number = isNumbered ? number(of: pod) : 0
      guard script.isOpen(number, at: queue.now),
        let milli = value(script, pod, number: number, ready: ready)
      else { continue }
      let metric = PodMetric(
        milli: milli, timestamp: Timestamp(queue.now).instant, window: script.window)
      metrics.append((podName(pod), metric))
    }
    return .podMetrics(PodMetrics(metrics))
  }

  private func value(
    _ script: MetricScript, _ pod: PodID, number: Int, ready: Int
  ) -> Int64? {
    if !script.readings.isEmpty {
      let reading = script.readings.last { $0.at <= queue.now }
      return reading?.values.first { $0.pod == number }?.milli
    }
    guard let value = script.value(at: queue.now) else { return nil }
    switch script.sharing {
    case .perPod: return value
    case .total: return pods.views[pod.index].ready ? (value + Int64(ready) / 2) / Int64(ready) : 0
    }
  }

  /// Pods of owners that report metrics.
  private func reporting(_ selected: [Int]) -> [PodID] {
    selected.flatMap { manager.cache.podsOf[$0] }.filter { pod in
      let view = pods.views[pod.index]
      return view.phase == .running && !view.terminating && !view.gone
    }
  }

  /// The place of a pod among all that were ever made for its workload.
  private func number(of pod: PodID) -> Int {
    let workload = owners[pods.views[pod.index].owner.index].workload
    return pods.views.indices.prefix(pod.index).count {
      owners[pods.views[$0].owner.index].workload == workload
    }
  }
}

// metrics-server.
extension World {
  private func resourceMetrics(
    _ resource: String, _ container: String?, _ selected: [Int]
  ) -> QueryResult {
    if let scripted = scripted(selected, { .resource(resource, of: $0) }) { return scripted }
    let reporting = reporting(selected)
    var metrics: [(String, PodMetric)] = []
    metrics.reserveCapacity(reporting.count)
    for pod in reporting {
      guard let server = server(of: pod) else { continue }
      if let container, container != template(of: server).container.name { continue }
      let metric = self.metrics.metric(
        resource, of: pod, at: queue.now, options.latencies, started: containers[server].startedAt)
      if let metric { metrics.append((podName(pod), metric)) }
    }
    return .podMetrics(PodMetrics(metrics))
  }

  /// Metrics are of no use to anybody but autoscalers.
  mutating func startMetricsServer() {
    if metrics.isRunning { return }
    metrics.isRunning = true
    let share = uniform(.metrics, cause: 0)
    let phase = Span(ns: Int64(Double(options.latencies.metricsResolution.ns) * share))
    push(.metricsScrape, 0, at: queue.now + phase)
  }

  /// One look at every running pod.
  mutating func scrapeMetrics() {
    for index in pods.views.indices {
      let pod = PodID(index)
      guard isServed(pod), let server = server(of: pod), containers[server].isAlive else {
        continue
      }
      metrics.add(
        .init(at: queue.now, cpu: traffic.cpuTime(pod, at: queue.now), memory: traffic.memory(pod)),
        of: pod)
    }
    push(.metricsScrape, 0, at: queue.now + options.latencies.metricsResolution)
  }
}

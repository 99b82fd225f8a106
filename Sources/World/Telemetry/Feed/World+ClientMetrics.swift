import ClusterAPI
import Kernel
import PromQL
import Units

// What stands between the clients of loads and the pods.
extension World {
  /// What generates the loads.
  func openLoads(_ feed: inout TelemetryFeed) {
    guard feed.reads.loads else { return }
    let buckets = MetricBuckets.loadGenerator(feed.options.latencies)
    for (index, load) in options.loads.enumerated() {
      let service = services.rows.first {
        $0.service.meta.name == load.service.name
          && $0.service.meta.namespace == load.service.namespace
      }
      let target = LoadMetrics.generator(index)
      var requests = LoadMetrics.series(
        load.service, port: service?.service.ports.first?.port ?? 80, of: target,
        buckets: buckets, among: feed.clientBounds)
      requests.showAll(at: feed.store.begin, into: &feed.store)
      feed.clients.all.append(
        .init(
          scrapes: target.scrapes, requests: requests,
          sources: [.init(meter: traffic.loads[index].counters)]))
    }
  }

  /// A load comes through the first path of an Ingress that leads to its Service.
  func openIngress(_ feed: inout TelemetryFeed) {
    guard feed.reads.ingress else { return }
    let routes = documents.flatMap { object -> [IngressMetrics.Route] in
      guard case .opaque(let it) = object, it.kind.name == "Ingress" else { return [] }
      return IngressMetrics.routes(it)
    }
    if routes.isEmpty { return }
    let controller = IngressMetrics.controller(feed.store.scrapeInterval)
    feed.store.set("up", at: controller, feed.store.begin, 1)
    var sources: [[ClientExporters.Source]] = Array(repeating: [], count: routes.count)
    for (index, load) in options.loads.enumerated() {
      let route = routes.firstIndex {
        $0.service == load.service.name && $0.namespace == load.service.namespace
      }
      guard let route else { continue }
      sources[route].append(.init(meter: traffic.loads[index].counters))
    }
    for (route, sources) in zip(routes, sources) where !sources.isEmpty {
      feed.clients.all.append(
        .init(
          scrapes: controller.scrapes,
          requests: IngressMetrics.series(
            route, of: controller, among: feed.clientBounds),
          sources: sources))
    }
  }

  /// The proxies of loads' clients, by the workloads behind their Services that are in the mesh.
  func findDestinations(_ feed: inout TelemetryFeed) {
    guard feed.reads.mesh else { return }
    feed.clients.silent += feed.clients.known..<traffic.counted.count
    feed.clients.known = traffic.counted.count
    var silent: [Int] = []
    for row in feed.clients.silent {
      let (load, revision) = traffic.counted[row]
      guard row < traffic.meters.clients.count, traffic.meters.clients[row].rows.end > 0 else {
        silent.append(row)
        continue
      }
      guard let revision else { continue }
      let owner = owners[Int(revision)]
      let template = templates[owner.template.index].template
      guard injection.applies(to: template, in: owner.workload.namespace) else { continue }
      let key = options.loads[load.index].service
      add(
        row, of: load,
        .init(
          workload: owner.workload.name, namespace: key.namespace, service: key.name,
          labels: owner.labels(of: template)), IstioMetrics.outcomes, &feed)
    }
    feed.clients.silent = silent
  }

  private func add(
    _ row: Int, of load: LoadID, _ destination: IstioMetrics.Destination,
    _ outcomes: [RequestSeries.Outcome], _ feed: inout TelemetryFeed
  ) {
    let clients = IstioMetrics.clients(load.index, feed.store.scrapeInterval)
    let labels = clients.labels.setting(IstioMetrics.labels(.source, destination))
    if let known = feed.clients.destinations[labels] {
      feed.clients.all[known].sources.append(.init(meter: row))
      return
    }
    let instance = clients.labels["instance"]
    let isFirst = !feed.clients.destinations.keys.contains { $0["instance"] == instance }
    feed.clients.destinations[labels] = feed.clients.all.count
    feed.clients.all.append(
      .init(
        scrapes: clients.scrapes,
        requests: IstioMetrics.series(
          .source, destination, outcomes, of: clients, among: feed.clientBounds),
        sources: [.init(meter: row)]))
    guard isFirst else { return }
    feed.store.set("up", at: clients, feed.store.begin, 1)
    let nobody = IstioMetrics.Destination(
      workload: "", namespace: destination.namespace, service: destination.service, labels: [:])
    add(traffic.loads[load.index].counters, of: load, nobody, IstioMetrics.unrouted, &feed)
  }
}

import ClusterAPI
import Kernel
import PromQL
import Units

// What stands between the clients of loads and the pods.
extension World {
  func writeClients(_ clock: TelemetryClock, _ end: Instant, _ store: inout TelemetryStore) {
    let routes = documents.flatMap { object -> [IngressMetrics.Route] in
      guard case .opaque(let it) = object, it.kind.name == "Ingress" else { return [] }
      return IngressMetrics.routes(it)
    }
    if !routes.isEmpty { writeIngress(routes, clock, end, &store) }
    for load in options.loads.indices { writeMesh(load, clock, end, &store) }
  }

  /// A load comes through the first path that leads to its Service.
  private func writeIngress(
    _ routes: [IngressMetrics.Route], _ clock: TelemetryClock, _ end: Instant,
    _ store: inout TelemetryStore
  ) {
    let controller = IngressMetrics.controller(store.scrapeInterval)
    store.set(controller.labels("up"), phase: controller.phase, at: store.begin, 1)
    var meters: [[[MeterRow]]] = Array(repeating: [], count: routes.count)
    for (index, load) in options.loads.enumerated() {
      let route = routes.firstIndex {
        $0.service == load.service.name && $0.namespace == load.service.namespace
      }
      guard let route else { continue }
      let rows = traffic.clientRows(LoadID(index))
      meters[route].append(rows.within(.zero, end, ofProcess: false))
    }
    for (index, route) in routes.enumerated() where !meters[index].isEmpty {
      var series = IngressMetrics.series(route, of: controller, among: Traffic.clientBounds)
      series.write(meters[index], clock, into: &store)
    }
  }

  /// The proxies of a load's clients, by the workloads behind its Service that are in the mesh.
  private func writeMesh(
    _ index: Int, _ clock: TelemetryClock, _ end: Instant, _ store: inout TelemetryStore
  ) {
    let load = LoadID(index)
    let key = options.loads[index].service
    var destinations: [IstioMetrics.Destination] = []
    var meters: [[[MeterRow]]] = []
    for (row, owner) in owners.enumerated() {
      let rows = traffic.clientRows(load, revision: UInt32(row))
      let template = templates[owner.template.index].template
      guard !rows.isEmpty, hasSidecar(template, owner.workload.namespace) else { continue }
      let destination = IstioMetrics.Destination(
        workload: owner.workload.name, namespace: key.namespace, service: key.name,
        labels: owner.labels(of: template))
      let counted = rows.within(.zero, end, ofProcess: false)
      if let same = destinations.firstIndex(where: { $0.isShown(as: destination) }) {
        meters[same].append(counted)
      } else {
        destinations.append(destination)
        meters.append([counted])
      }
    }
    if destinations.isEmpty { return }
    let clients = IstioMetrics.clients(index, store.scrapeInterval)
    store.set(clients.labels("up"), phase: clients.phase, at: store.begin, 1)
    for (destination, counted) in zip(destinations, meters) {
      var series = IstioMetrics.series(
        .source, destination, IstioMetrics.outcomes, of: clients, among: Traffic.clientBounds)
      series.write(counted, clock, into: &store)
    }
    let nobody = IstioMetrics.Destination(
      workload: "", namespace: key.namespace, service: key.name, labels: [:])
    let rows = traffic.clientRows(load).within(.zero, end, ofProcess: false)
    var unrouted = IstioMetrics.series(
      .source, nobody, IstioMetrics.unrouted, of: clients, among: Traffic.clientBounds)
    unrouted.write([rows], clock, into: &store)
  }
}

import ClusterAPI
import Control
import Kernel
import Units

extension EndpointSliceController: Resident {
  static var id: ControllerManager.ControllerID { .endpointSlice }
  static var place: WritableKeyPath<ControllerManager, ControllerRuntime<Self>> { \.endpointSlice }

  static func input(_ key: UInt32, in world: inout World) -> Input? {
    world.endpointSliceInput(key)
  }

  static func sees(
    _ change: LogEntry.Change, _ touched: InformerCache.Touched, in world: inout World
  ) {
    // A write that has come back may be older than what has been seen since.
    if case .endpoints(let id, _) = change { world.manager.endpointSlice.queue.add(id.raw) }
    guard case .pod(_, let view) = change else { return }
    for service in world.selectors(of: view.owner.index) {
      world.manager.endpointSlice.queue.add(service.raw)
    }
  }
}

extension World {
  fileprivate mutating func endpointSliceInput(_ key: UInt32) -> EndpointSliceController.Input {
    let cache = manager.cache
    let id = ServiceID(key)
    let publishNotReady = services.rows[id.index].service.publishNotReadyAddresses
    var input = EndpointSliceController.Input(
      service: id, ready: [], terminating: [],
      published: id.index < cache.endpoints.count ? cache.endpoints[id.index] : [])
    input.ready.reserveCapacity(input.published.count + 8)
    guard let selector = services.rows[id.index].service.selector,
      !services.rows[id.index].isDeleted
    else { return input }
    let selectsSinglePods = services.rows[id.index].selectsSinglePods
    let namespace = services.rows[id.index].service.meta.namespace
    // Labels that tell one pod of an owner from the others are asked for below.
    var ofOwners = LabelSelector(matchLabels: selector)
    for key in PodSlot.labelKeys { ofOwners.matchLabels[key] = nil }
    for index in owners(selectedBy: ofOwners, namespace: namespace) {
      for pod in cache.podsOf[index] {
        guard let view = cache.pods[pod.index] else { continue }
        if selectsSinglePods, !LabelSelector(matchLabels: selector).matches(labels(of: pod)) {
          continue
        }
        if view.terminating {
          input.terminating.append(pod)
        } else if view.ready || publishNotReady {
          input.ready.append(pod)
        }
      }
    }
    // Pods of one owner come in order.
    if !isAscending(input.ready) { input.ready.sort() }
    if !isAscending(input.terminating) { input.terminating.sort() }
    return input
  }

  private func isAscending(_ pods: [PodID]) -> Bool {
    for index in pods.indices.dropFirst() where pods[index] < pods[index - 1] { return false }
    return true
  }

  /// The Services that select the pods of an owner.
  fileprivate mutating func selectors(of owner: Int) -> [ServiceID] {
    if let known = services.known(of: owner) { return known }
    let row = owners[owner]
    return services.selectors(
      of: owner, namespace: row.key.namespace,
      labels: row.labels(of: templates[row.template.index].template))
  }
}

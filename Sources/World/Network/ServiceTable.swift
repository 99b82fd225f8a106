public import ClusterAPI
import Kernel
public import Units

/// Services with the endpoints that the API server holds for them.
public struct ServiceTable: Sendable {
  public struct Row: Sendable {
    public var service: Service
    /// A row stays when its Service is gone: it has no endpoints then.
    public var isDeleted = false
    /// Ready addresses of its EndpointSlices.
    public var ready: [PodID] = []
    public var resourceVersion: UInt64 = 0
    /// Loads that call it.
    public var loads: [LoadID] = []

    /// Whether it selects single pods of an owner, as by `statefulset.kubernetes.io/pod-name`.
    var selectsSinglePods: Bool {
      service.selector?.contains { PodSlot.labelKeys.contains($0.key) } ?? false
    }
  }

  /// What a gateway's proxy will see, once the change has reached it.
  struct Update: Sendable {
    var load: LoadID
    var gateway: Int
    var ready: [PodID]
  }

  public var rows: [Row] = []
  /// By owner of pods, whose template and so whose labels never change; nil: not worked out yet.
  private var selections: [[ServiceID]?] = []
  var updates = Slots<Update>()
  /// By load and gateway: when the latest change arrives; no change overtakes the one before.
  var latest: [[Instant]] = []

  /// Stores a new Service, or another version of one; a name that was used before has its row again.
  mutating func put(_ service: Service) -> ServiceID {
    selections = []
    if let index = rows.firstIndex(where: { $0.service.meta.isNamed(as: service.meta) }) {
      rows[index].service = service
      rows[index].isDeleted = false
      return ServiceID(index)
    }
    rows.append(Row(service: service))
    return ServiceID(rows.count - 1)
  }

  mutating func delete(_ id: ServiceID) {
    rows[id.index].isDeleted = true
    selections = []
  }

  mutating func connect(_ load: LoadID, to id: ServiceID) {
    if !rows[id.index].loads.contains(load) { rows[id.index].loads.append(load) }
  }

  /// The Services that select the pods of an owner; nil when that has not been worked out.
  func known(of owner: Int) -> [ServiceID]? {
    owner < selections.count ? selections[owner] : nil
  }

  /// Works out which Services select pods with these labels, or may select some of them, and remembers
  /// it for the owner.
  mutating func selectors(of owner: Int, namespace: String, labels: Labels) -> [ServiceID] {
    var found: [ServiceID] = []
    for index in rows.indices {
      guard rows[index].service.meta.namespace == namespace, !rows[index].isDeleted,
        var selector = rows[index].service.selector
      else { continue }
      for key in PodSlot.labelKeys { selector[key] = nil }
      guard LabelSelector(matchLabels: selector).matches(labels) else { continue }
      found.append(ServiceID(index))
    }
    while selections.count <= owner { selections.append(nil) }
    selections[owner] = found
    return found
  }

  func id(_ key: ObjectKey) -> ServiceID? {
    rows.firstIndex {
      !$0.isDeleted && $0.service.meta.name == key.name
        && $0.service.meta.namespace == key.namespace
    }.map { ServiceID($0) }
  }
}

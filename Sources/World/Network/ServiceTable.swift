public import ClusterAPI
public import Units

/// Services with the endpoints that the API server holds for them.
public struct ServiceTable: Sendable {
  public struct Row: Sendable {
    public var service: Service
    /// Ready addresses of its EndpointSlices.
    public var ready: [PodID] = []
    public var resourceVersion: UInt64 = 0
    /// Loads that call it.
    public var loads: [LoadID] = []
  }

  /// What a gateway's proxy will see, once the change has reached it.
  struct Update: Sendable {
    var load: LoadID
    var gateway: Int
    var ready: [PodID]
  }

  public var rows: [Row] = []
  var updates: [Update] = []
  /// By load and gateway: when the latest change arrives; no change overtakes the one before.
  var latest: [[Instant]] = []

  func id(_ key: ObjectKey) -> ServiceID? {
    rows.firstIndex {
      $0.service.meta.name == key.name && $0.service.meta.namespace == key.namespace
    }.map { ServiceID($0) }
  }
}

import ClusterAPI
public import Control
public import Units

/// The EndpointSlice controller: publishes the ready pods that a Service selects
/// (`endpointslice.syncService`, Kubernetes 1.36).
public struct EndpointSliceController: Controller {
  public struct Input: Hashable, Sendable {
    public var service: ServiceID
    /// Ready pods that the selector matches and that are not terminating; ascending.
    public var ready: [PodID]
    public var terminating: [PodID]
    /// What the API server holds, as this controller wrote it last.
    public var published: [PodID]
  }

  public struct Memory: Hashable, Sendable {
    public init() {}
  }

  public let initial = Memory()

  public init() {}

  public func reconcile(_ pass: inout Pass<Input, Memory>) throws(Suspended) -> Requeue {
    let input = pass.input
    if input.ready == input.published { return .never }
    let write = Command.setEndpoints(
      input.service, ready: input.ready, terminating: input.terminating)
    guard case .written = try pass.write(write) else { return .backOff }
    return .never
  }
}

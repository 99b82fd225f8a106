public import ClusterAPI
public import Control

/// The resource quota controller: counts what is there and writes it down
/// (`resourcequota.syncResourceQuota`, Kubernetes 1.36).
///
/// Admission adds to `status.used` what it lets in; what leaves is found here.
public struct ResourceQuotaController: Controller {
  public struct Input: Hashable, Sendable {
    public var quota: ResourceQuota
    /// What the objects in the controller's cache count for, per resource of the quota.
    public var used: ResourceList
  }

  public struct Memory: Hashable, Sendable {
    public init() {}
  }

  public let initial = Memory()

  public init() {}

  public func reconcile(_ pass: inout Pass<Input, Memory>) throws(Suspended) -> Requeue {
    var quota = pass.input.quota
    quota.status.hard = quota.hard
    quota.status.used = pass.input.used
    if quota.status == pass.input.quota.status { return .never }
    guard case .written = try pass.write(.replaceStatus(.resourceQuota(quota))) else {
      return .backOff
    }
    return .never
  }
}

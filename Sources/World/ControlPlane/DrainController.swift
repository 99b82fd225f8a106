import ClusterAPI
public import Control
public import Units

/// `kubectl drain` of one pod: evicts it, and tries again every 5 s while a disruption budget is in
/// the way (`drain.Helper.evictPods`).
public struct DrainController: Controller {
  public struct Input: Hashable, Sendable {
    public var pod: PodID
    /// Gone, or being deleted already.
    public var isLeaving: Bool
  }

  public struct Memory: Hashable, Sendable {
    public init() {}
  }

  public let initial = Memory()
  /// Between two tries of an eviction that was answered 429.
  public static let retry = Span.seconds(5)

  public init() {}

  public func reconcile(_ pass: inout Pass<Input, Memory>) throws(Suspended) -> Requeue {
    if pass.input.isLeaving { return .never }
    switch try pass.write(.evictPod(pass.input.pod)) {
    case .written: return .never
    case .refused(.tooManyRequests), .refused(.unavailable): return .after(DrainController.retry)
    case .refused: return .never
    }
  }
}

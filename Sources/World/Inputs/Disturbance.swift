public import ClusterAPI
public import Units

/// What a fault does to the world: the closed list that `Chaos` compiles its faults to.
public enum Disturbance: Hashable, Sendable {
  /// Overrides the behaviour of every image that matches `image` (`*` is any text).
  case behaviour(image: String, BehaviourChange)
  /// The registry stops, or begins again, to deliver images that match.
  case registry(image: String, failing: Bool)
  /// Kills the processes of so many pods of a workload, drawn among those that run.
  case killPods(workload: ObjectKey, count: Int)
  /// Deletes so many pods of a workload through the API (`kubectl delete pod`), drawn likewise.
  case deletePods(workload: ObjectKey, count: Int)
  /// Evicts so many pods of a Deployment through the API, drawn likewise; those that a disruption
  /// budget protects are tried again every 5 s.
  case evictPods(workload: ObjectKey, count: Int)
  /// The kubelet reports a pod's Ready condition so, whatever its probes say.
  case podReadiness(PodReference, Bool)
  /// Something is wrong with nodes from now on.
  case nodes(NodeSelection, NodeTrouble)
  /// It ends on those nodes to which the same selection brought it.
  case nodesRecover(NodeSelection, NodeTrouble)
  /// Multiplies the arrival rate of a Service's loads; 1 ends the spike.
  case loadFactor(service: ObjectKey, Ratio)
  /// Added latency of every API request, and the share that is refused (500).
  case apiServer(addedLatency: Span, refused: Ratio)
}

/// A change of what an image does from now on; a nil field leaves that part as it is.
public struct BehaviourChange: Hashable, Sendable {
  public var neverReady: Bool?
  /// Exits so long after it became ready.
  public var crashAfterReady: Span?
  public var errors: Ratio?
  /// Multiplies the service time and the CPU time of each request.
  public var slowdown: Ratio?
  public var leakPerRequest: Bytes?
  /// Multiplies the start-up time.
  public var startupFactor: Ratio?
  /// How long each probe takes, whatever its kind.
  public var probeLatency: Span?

  public init() {}
}

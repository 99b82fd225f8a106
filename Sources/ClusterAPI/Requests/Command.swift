public import Units

/// One write to the API server, as a controller asks for it.
///
/// An object that is replaced carries the resourceVersion that its writer has seen; 0 is
/// unconditional. Pods are named by the handle that the runtime's informer gave them.
public enum Command: Hashable, Sendable {
  case create(ClusterObject)
  /// PUT of the object without its status.
  case replace(ClusterObject)
  /// PUT of the status subresource.
  case replaceStatus(ClusterObject)
  /// The scale subresource: sets `spec.replicas` alone.
  case scale(ObjectKey, replicas: Int, resourceVersion: UInt64)
  case delete(ObjectKey, uid: UInt64)
  /// A pod made from the template of the named owner: a ReplicaSet, a ControllerRevision, a Job.
  case createPod(owner: ObjectKey, ownerUID: UInt64, PodSlot = .any)
  /// nil: the grace period of the pod's own spec; 0: at once, without the kubelet.
  case deletePod(PodID, gracePeriodSeconds: Int?)
  /// The eviction subresource of a pod: deletes it if its disruption budget allows.
  case evictPod(PodID)
  case bindPod(PodID, NodeID)
  /// Condition PodScheduled=False with the scheduler's message.
  case markUnschedulable(PodID, message: String)
  /// Ready condition of all pods of a node to False, as the node lifecycle controller does.
  case markPodNotReady(PodID)
  /// Replaces the taints of a node that the node lifecycle controller owns; and its Ready condition.
  case setNodeHealth(NodeID, ready: Condition.Status, taints: [Taint])
  /// The ready addresses of a Service, as its EndpointSlices list them.
  case setEndpoints(ServiceID, ready: [PodID], terminating: [PodID])
}

/// Why the API server refused a write.
public enum Refusal: Error, Hashable, Sendable {
  /// 409: the resourceVersion is not the stored one.
  case conflict
  /// 409: an object of that name exists.
  case alreadyExists
  /// 404
  case notFound
  /// 429, to be tried again after so many seconds.
  case tooManyRequests(retryAfterSeconds: Int)
  /// 403, as admission and quota answer; the API's own words.
  case forbidden(String)
  /// 422; the API's own words.
  case invalid(String)
  /// 500 or a refused connection: nothing was written.
  case unavailable
  /// No answer within the client's time limit: whether it was written is unknown.
  case timeout

  /// What a client reads (`apierrors.NewGenericServerResponse` where the server says nothing itself).
  public var message: String {
    switch self {
    case .forbidden(let words), .invalid(let words): words
    case .conflict, .alreadyExists: "the server reported a conflict"
    case .notFound: "the server could not find the requested resource"
    case .tooManyRequests:
      "the server has received too many requests and has asked us to try again later"
    case .unavailable: "the server is currently unable to handle the request"
    case .timeout:
      "the server was unable to return a response in the time allotted, but may still be "
        + "processing the request"
    }
  }
}

/// What became of one write.
public enum WriteResult: Hashable, Sendable {
  /// The stored object's new resourceVersion and uid.
  case written(resourceVersion: UInt64, uid: UInt64)
  case refused(Refusal)

  /// nil when it was written.
  public var refusal: Refusal? {
    if case .refused(let refusal) = self { return refusal }
    return nil
  }

  public var isWritten: Bool {
    if case .written = self { return true }
    return false
  }
}

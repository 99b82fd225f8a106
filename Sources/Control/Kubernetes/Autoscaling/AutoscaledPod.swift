public import ClusterAPI
public import Units

/// What the autoscaler looks at of a pod of its target.
public struct AutoscaledPod: Hashable, Sendable {
  public enum Phase: String, Hashable, Sendable {
    case pending = "Pending"
    case running = "Running"
    case succeeded = "Succeeded"
    case failed = "Failed"
    case unknown = "Unknown"
  }

  public struct Container: Hashable, Sendable {
    public var name: String
    public var requests: ResourceList

    public init(name: String, requests: ResourceList) {
      self.name = name
      self.requests = requests
    }
  }

  public var name: String
  public var phase: Phase
  public var isDeleting: Bool
  /// Its Ready condition; nil: it has none yet.
  public var ready: Condition.Status?
  public var readyTransition: Instant?
  public var startTime: Instant?
  /// Those that count towards the pod's request: sidecars too, other init containers not.
  public var containers: [Container]

  public init(
    name: String, phase: Phase, isDeleting: Bool, ready: Condition.Status?,
    readyTransition: Instant?, startTime: Instant?, containers: [Container]
  ) {
    self.name = name
    self.phase = phase
    self.isDeleting = isDeleting
    self.ready = ready
    self.readyTransition = readyTransition
    self.startTime = startTime
    self.containers = containers
  }
}

extension AutoscaledPod {
  /// `calculateRequests` of one pod: thousandths of the whole pod, or of the named container.
  func request(of resource: String, container wanted: String?) throws(MetricFailure) -> Int64 {
    var sum: Int64 = 0
    for container in containers where wanted == nil || wanted == container.name {
      guard let request = container.requests[resource] else {
        throw .missingRequest(resource: resource, container: container.name, pod: name)
      }
      sum &+= request.milliValue
      if wanted != nil { return sum }
    }
    if let wanted { throw .noContainer(wanted, pod: name) }
    return sum
  }
}

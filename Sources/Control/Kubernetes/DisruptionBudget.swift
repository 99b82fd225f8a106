public import ClusterAPI
public import Units

/// What a PodDisruptionBudget allows (`DisruptionController.trySync` of Kubernetes 1.36).
public enum DisruptionBudget {
  /// A pod that the budget's selector chooses.
  public struct Pod: Hashable, Sendable {
    public var isReady: Bool
    public var isDeleting: Bool
    /// The ReplicaSet that owns the pod, as an index into `replicaSetSizes`; `nil`: unmanaged.
    public var replicaSet: Int?
    /// When the eviction API last granted the pod's eviction (`status.disruptedPods`).
    public var evictionRequestedAt: Instant?

    public init(
      isReady: Bool, isDeleting: Bool = false, replicaSet: Int? = nil,
      evictionRequestedAt: Instant? = nil
    ) {
      self.isReady = isReady
      self.isDeleting = isDeleting
      self.replicaSet = replicaSet
      self.evictionRequestedAt = evictionRequestedAt
    }
  }

  public struct Status: Hashable, Sendable {
    public var expectedPods: Int64 = 0
    public var desiredHealthy: Int64 = 0
    public var currentHealthy: Int64 = 0
    public var disruptionsAllowed: Int64 = 0
    /// Indices of the pods that stay listed as being disrupted.
    public var disruptedPods: [Int] = []

    public init() {}
  }

  /// How long the budget waits for a granted eviction to show (`DeletionTimeout`).
  public static let deletionTimeout = Span.minutes(2)

  /// The budget's status.
  ///
  /// A plain `minAvailable` expects the pods that exist; a percentage, and every `maxUnavailable`,
  /// expects what the owning ReplicaSets ask for. Both percentages round up.
  ///
  /// - Parameters:
  ///   - replicaSetSizes: `spec.replicas` of the ReplicaSets that the pods name.
  /// - Throws: when a text is no percentage.
  public static func status(
    minAvailable: IntOrString?, maxUnavailable: IntOrString?, pods: [Pod],
    replicaSetSizes: [Int64], now: Instant
  ) throws(IntOrString.ScaleError) -> Status {
    var status = Status()
    if let maxUnavailable {
      status.expectedPods = expectedScale(pods, replicaSetSizes)
      let unavailable = try maxUnavailable.scaled(total: status.expectedPods, roundUp: true)
      status.desiredHealthy = max(0, status.expectedPods - unavailable)
    } else if case .int(let wanted)? = minAvailable {
      status.expectedPods = Int64(pods.count)
      status.desiredHealthy = wanted
    } else if let minAvailable {
      status.expectedPods = expectedScale(pods, replicaSetSizes)
      status.desiredHealthy = try minAvailable.scaled(total: status.expectedPods, roundUp: true)
    }
    for (index, pod) in pods.enumerated() where !pod.isDeleting {
      var isDisrupted = false
      if let requested = pod.evictionRequestedAt {
        // At exactly the timeout the entry is still listed, but no longer counted.
        if requested + deletionTimeout >= now { status.disruptedPods.append(index) }
        isDisrupted = requested + deletionTimeout > now
      }
      if pod.isReady, !isDisrupted { status.currentHealthy += 1 }
    }
    let allowed = status.currentHealthy - status.desiredHealthy
    status.disruptionsAllowed = status.expectedPods > 0 ? max(0, allowed) : 0
    return status
  }

  private static func expectedScale(_ pods: [Pod], _ replicaSetSizes: [Int64]) -> Int64 {
    var isCounted = [Bool](repeating: false, count: replicaSetSizes.count)
    var total: Int64 = 0
    for case let owner? in pods.lazy.map(\.replicaSet) where !isCounted[owner] {
      isCounted[owner] = true
      total += replicaSetSizes[owner]
    }
    return total
  }
}

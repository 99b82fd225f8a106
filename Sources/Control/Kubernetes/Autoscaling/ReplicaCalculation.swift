public import ClusterAPI
public import Units

/// How many replicas a metric asks for (`ReplicaCalculator`, Kubernetes 1.36).
public struct ReplicaCalculation: Sendable {
  /// The size, and what the metric came to before any filling in.
  public struct Proposal: Hashable, Sendable {
    public var replicas: Int
    public var status: MetricStatus
  }

  /// `spec.replicas` of the target.
  public var currentReplicas: Int
  public var pods: [AutoscaledPod]
  public var tolerances: Tolerances
  public var settings: AutoscalingSettings
  public var now: Instant

  public init(
    currentReplicas: Int, pods: [AutoscaledPod], tolerances: Tolerances,
    settings: AutoscalingSettings, now: Instant
  ) {
    self.currentReplicas = currentReplicas
    self.pods = pods
    self.tolerances = tolerances
    self.settings = settings
    self.now = now
  }

  /// The smallest whole number that is not below `size`; capped where an `int32` ends.
  static func roundedUp(_ size: Double) -> Int {
    if size.isNaN { return 0 }
    return Int(max(-2_147_483_648, min(2_147_483_647, size.rounded(.up))))
  }
}

// By the metrics of the pods.
extension ReplicaCalculation {
  /// `GetResourceReplicas`: the target is a share of the request, in per cent.
  ///
  /// - Parameters:
  ///   - container: nil: the whole pod.
  public func replicas(
    _ metrics: PodMetrics, of resource: String, container: String?, utilization target: Int
  ) throws(MetricFailure) -> Proposal {
    let numbered = NumberedPods(pods, metrics)
    let groups = try groups(metrics, numbered, isCPU: resource == "cpu")
    var requests = [Int64?](repeating: nil, count: numbered.count)
    var (containers, request): ([AutoscaledPod.Container]?, Int64) = (nil, 0)
    for (index, pod) in pods.enumerated() {
      // Those of one template request the same.
      if containers != pod.containers {
        request = try pod.request(of: resource, container: container)
        containers = pod.containers
      }
      requests[numbered.numbers[index]] = request
    }
    let found = try Utilization(groups.values, requests: requests)
    let size = try replicas(
      groups, ratio: found.ratio(to: target),
      fillIn: { (requests[$0] ?? 0) &* Int64(max(100, target)) / 100 },
      again: { values throws(MetricFailure) in
        try Utilization(values, requests: requests).ratio(to: target)
      })
    return Proposal(
      replicas: size,
      status: MetricStatus(
        averageUtilization: Int(found.percent), averageValueMilli: found.averageMilli))
  }

  /// `GetRawResourceReplicas` and `GetMetricReplicas`: the target is an average over the pods.
  ///
  /// - Parameters:
  ///   - isCPU: whether the readiness of the pods is looked at.
  ///   - target: thousandths.
  public func replicas(
    _ metrics: PodMetrics, isCPU: Bool, averageMilli target: Int64
  ) throws(MetricFailure) -> Proposal {
    let groups = try groups(metrics, NumberedPods(pods, metrics), isCPU: isCPU)
    let average = { (values: [Int64?]) -> Int64 in
      values.reduce(Int64(0)) { $0 &+ ($1 ?? 0) } / Int64(values.count { $0 != nil })
    }
    let found = average(groups.values)
    let size = try replicas(
      groups, ratio: Double(found) / Double(target), fillIn: { _ in target },
      again: { Double(average($0)) / Double(target) })
    return Proposal(replicas: size, status: MetricStatus(averageValueMilli: found))
  }

  private func groups(
    _ metrics: PodMetrics, _ numbered: NumberedPods, isCPU: Bool
  ) throws(MetricFailure) -> PodGroups {
    if pods.isEmpty { throw .noPods }
    let groups = PodGroups(
      pods, metrics: metrics, numbered: numbered, isCPU: isCPU, settings: settings, now: now)
    if groups.values.allSatisfy({ $0 == nil }) { throw .noMetricsOfReadyPods }
    return groups
  }

  /// Fills in, against the direction of the change, what unready and missing pods may be using.
  ///
  /// - Parameters:
  ///   - fillIn: what a missing pod is taken to use when the size would go down.
  ///   - again: the ratio of the values that have been filled in.
  private func replicas(
    _ groups: PodGroups, ratio: Double, fillIn: (Int) -> Int64,
    again: ([Int64?]) throws(MetricFailure) -> Double
  ) throws(MetricFailure) -> Int {
    let withUnready = !groups.unready.isEmpty && ratio > 1
    if !withUnready, groups.missing.isEmpty {
      if tolerances.contains(ratio) { return currentReplicas }
      return ReplicaCalculation.roundedUp(ratio * Double(groups.readyCount))
    }
    var values = groups.values
    if ratio != 1 {
      for pod in groups.missing { values[pod] = ratio < 1 ? fillIn(pod) : 0 }
    }
    if withUnready {
      for pod in groups.unready { values[pod] = 0 }
    }
    let filled = try again(values)
    let turned = (ratio < 1 && filled > 1) || (ratio > 1 && filled < 1)
    if turned || tolerances.contains(filled) { return currentReplicas }
    let size = ReplicaCalculation.roundedUp(filled * Double(values.count { $0 != nil }))
    let wrongWay = (filled < 1 && size > currentReplicas) || (filled > 1 && size < currentReplicas)
    return wrongWay ? currentReplicas : size
  }
}

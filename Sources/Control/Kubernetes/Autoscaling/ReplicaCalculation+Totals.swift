import ClusterAPI

// By metrics that belong to no pod: of another object, or from outside of the cluster.
extension ReplicaCalculation {
  /// `GetObjectMetricReplicas`, `GetExternalMetricReplicas`: the target is the value itself.
  ///
  /// - Parameters:
  ///   - values: thousandths; they are added up.
  public func replicas(
    total values: [Int64], valueMilli target: Int64
  ) throws(MetricFailure) -> Proposal {
    let usage = ReplicaCalculation.sum(values)
    let ratio = Double(usage) / Double(target)
    let status = MetricStatus(valueMilli: usage)
    if currentReplicas == 0 {
      return Proposal(replicas: ReplicaCalculation.roundedUp(ratio), status: status)
    }
    if tolerances.contains(ratio) { return Proposal(replicas: currentReplicas, status: status) }
    if pods.isEmpty { throw .noPods }
    let ready = pods.count { $0.phase == .running && $0.ready == .yes }
    return Proposal(
      replicas: ReplicaCalculation.roundedUp(ratio * Double(ready)), status: status)
  }

  /// `GetObjectPerPodMetricReplicas`, `GetExternalPerPodMetricReplicas`: the target is a share.
  ///
  /// - Parameters:
  ///   - values: thousandths; they are added up.
  ///   - statusReplicas: `status.replicas` of the target, whatever its spec says.
  public func replicas(
    total values: [Int64], averageMilli target: Int64, statusReplicas: Int
  ) -> Proposal {
    let usage = ReplicaCalculation.sum(values)
    let ratio = Double(usage) / (Double(target) * Double(statusReplicas))
    let size =
      tolerances.contains(ratio)
      ? statusReplicas : ReplicaCalculation.roundedUp(Double(usage) / Double(target))
    let share = statusReplicas == 0 ? 0 : (Double(usage) / Double(statusReplicas)).rounded(.up)
    return Proposal(
      replicas: size, status: MetricStatus(averageValueMilli: Int64(exactly: share) ?? .max))
  }

  /// Stays at the largest number rather than turning negative.
  private static func sum(_ values: [Int64]) -> Int64 {
    var total: Int64 = 0
    for value in values {
      let (sum, overflow) = total.addingReportingOverflow(value)
      if overflow { return .max }
      total = sum
    }
    return total
  }
}

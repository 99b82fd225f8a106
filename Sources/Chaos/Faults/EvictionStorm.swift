public import World

/// Pods of a workload are evicted through the API all at once, as by a descheduler or an autoscaler
/// that consolidates nodes; disruption budgets are respected.
public struct EvictionStorm: Fault {
  public static let kind = "evictionStorm"
  public static let parameters = PodTargets.parameters("whose pods are evicted; one of these")

  let pods: PodTargets

  public init(_ values: FaultValues) { pods = PodTargets(values) }

  public var begin: [Disturbance] {
    [.evictPods(workload: pods.workload, count: pods.count)]
  }
}

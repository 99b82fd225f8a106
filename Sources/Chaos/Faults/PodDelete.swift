public import World

/// Deletes some pods of a workload through the API, with their grace period.
public struct PodDelete: Fault {
  public static let kind = "podDelete"
  public static let parameters = PodTargets.parameters("whose pods are hit; one of these")

  let pods: PodTargets

  public init(_ values: FaultValues) { pods = PodTargets(values) }

  public var begin: [Disturbance] {
    [.deletePods(workload: pods.workload, count: pods.count)]
  }
}

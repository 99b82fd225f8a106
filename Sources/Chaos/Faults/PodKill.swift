public import World

/// Kills the processes of some pods of a workload (SIGKILL); their kubelets restart them.
public struct PodKill: Fault {
  public static let kind = "podKill"
  public static let parameters = PodTargets.parameters("whose pods are hit; one of these")

  let pods: PodTargets

  public init(_ values: FaultValues) { pods = PodTargets(values) }

  public var begin: [Disturbance] {
    [.killPods(workload: pods.workload, count: pods.count)]
  }
}

import ClusterAPI
public import World

/// Kills the processes of some pods of a Deployment (SIGKILL); their kubelets restart them.
public struct PodKill: Fault {
  public static let kind = "podKill"
  public static let parameters = [
    FaultParameter("deployment", .name, "whose pods are hit"),
    FaultParameter("namespace", .name, required: false, "of the Deployment; default `default`"),
    FaultParameter("count", .count, required: false, "how many pods, drawn; default 1"),
  ]

  let workload: ObjectKey
  let count: Int

  public init(_ values: FaultValues) {
    let namespace = values.text("namespace")
    workload = ObjectKey(
      .deployment, namespace: namespace.isEmpty ? "default" : namespace,
      name: values.text("deployment"))
    count = values.count("count") ?? 1
  }

  public var begin: [Disturbance] { [.killPods(workload: workload, count: count)] }
}

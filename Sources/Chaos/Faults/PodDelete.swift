import ClusterAPI
public import World

/// Deletes some pods of a Deployment through the API, with their grace period.
public struct PodDelete: Fault {
  public static let kind = "podDelete"
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

  public var begin: [Disturbance] { [.deletePods(workload: workload, count: count)] }
}

import ClusterAPI
public import World

/// Pods of a Deployment are evicted through the API all at once, as by a descheduler or an autoscaler
/// that consolidates nodes; disruption budgets are respected.
public struct EvictionStorm: Fault {
  public static let kind = "evictionStorm"
  public static let parameters = [
    FaultParameter("deployment", .name, "whose pods are evicted"),
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

  public var begin: [Disturbance] { [.evictPods(workload: workload, count: count)] }
}

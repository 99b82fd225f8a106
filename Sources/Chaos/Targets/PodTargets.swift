import ClusterAPI

/// Some pods of a Deployment, as a fault's parameters name them.
struct PodTargets: Sendable {
  let workload: ObjectKey
  let count: Int

  /// - Parameter what: what happens to the Deployment's pods.
  static func parameters(_ what: String) -> [FaultParameter] {
    [
      FaultParameter("deployment", .name, what),
      FaultParameter("namespace", .name, required: false, "of the Deployment; default `default`"),
      FaultParameter("count", .count, required: false, "how many pods, drawn; default 1"),
    ]
  }

  init(_ values: FaultValues) {
    let namespace = values.text("namespace")
    workload = ObjectKey(
      .deployment, namespace: namespace.isEmpty ? "default" : namespace,
      name: values.text("deployment"))
    count = values.count("count") ?? 1
  }
}

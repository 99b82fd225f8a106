public import ClusterAPI

/// Some pods of a workload, as a fault's parameters name them.
public struct PodTargets: Sendable {
  let workload: ObjectKey
  let count: Int

  /// Fields that name a workload, and its kind; one of them is needed.
  public static let workloads: [(field: String, kind: Kind)] = [
    ("deployment", .deployment), ("statefulSet", .statefulSet), ("daemonSet", .daemonSet),
    ("job", .job),
  ]

  /// - Parameter what: what happens to the workload's pods.
  static func parameters(_ what: String) -> [FaultParameter] {
    workloads.map { FaultParameter($0.field, .name, required: false, what) } + [
      FaultParameter("namespace", .name, required: false, "of the workload; default `default`"),
      FaultParameter("count", .count, required: false, "how many pods, drawn; default 1"),
    ]
  }

  /// Of several workloads the first is meant.
  init(_ values: FaultValues) {
    let named = PodTargets.workloads.first { !values.text($0.field).isEmpty }
    let namespace = values.text("namespace")
    workload = ObjectKey(
      named?.kind ?? .deployment, namespace: namespace.isEmpty ? "default" : namespace,
      name: named.map { values.text($0.field) } ?? "")
    count = values.count("count") ?? 1
  }
}

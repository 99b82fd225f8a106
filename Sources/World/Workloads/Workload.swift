public import ClusterAPI
public import Units

/// A StatefulSet, a DaemonSet or a Job: what has pods and is no Deployment.
public protocol Workload: Hashable, Sendable {
  associatedtype Status: Hashable, Sendable

  var meta: ObjectMeta { get set }
  var template: PodTemplate { get set }
  var status: Status { get set }

  /// Where the API server keeps those of this kind.
  static var place: WritableKeyPath<Workloads, WorkloadTable<Self>> { get }
  static func object(_ workload: Self) -> ClusterObject
  /// What watchers see; nil: it is deleted.
  static func change(_ id: ID<Self>, _ workload: Self?) -> LogEntry.Change
}

extension Workload {
  var key: ObjectKey { Self.object(self).key }

  /// Whether another version of it wants the same.
  func isDesiredAlike(_ other: Self) -> Bool {
    var other = other
    other.meta = meta
    other.status = status
    return self == other
  }
}

extension StatefulSet: Workload {
  public static var place: WritableKeyPath<Workloads, WorkloadTable<StatefulSet>> {
    \.statefulSets
  }
  public static func object(_ workload: StatefulSet) -> ClusterObject { .statefulSet(workload) }
  public static func change(_ id: ID<StatefulSet>, _ workload: StatefulSet?) -> LogEntry.Change {
    .statefulSet(id, workload)
  }
}

extension DaemonSet: Workload {
  public static var place: WritableKeyPath<Workloads, WorkloadTable<DaemonSet>> { \.daemonSets }
  public static func object(_ workload: DaemonSet) -> ClusterObject { .daemonSet(workload) }
  public static func change(_ id: ID<DaemonSet>, _ workload: DaemonSet?) -> LogEntry.Change {
    .daemonSet(id, workload)
  }
}

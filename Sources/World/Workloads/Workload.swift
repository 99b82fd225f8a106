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
  /// `kubectl scale`; nothing where the number of pods is not a matter of the object.
  mutating func scale(to replicas: Int)
  /// What a manifest leaves open stays as it is in the stored object.
  mutating func fill(from stored: Self)
}

extension Workload {
  public mutating func scale(to replicas: Int) {}
  public mutating func fill(from stored: Self) {}
}

extension Workload {
  var key: ObjectKey { Self.object(self).key }

  /// `kubectl apply`: what the manifest says, under the object's own identity.
  mutating func become(_ wanted: Self) {
    var filled = wanted
    filled.fill(from: self)
    filled.meta = meta
    filled.status = status
    self = filled
    self.meta.labels = wanted.meta.labels
    self.meta.annotations = wanted.meta.annotations
  }

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
  public mutating func scale(to replicas: Int) { self.replicas = replicas }

  public mutating func fill(from stored: StatefulSet) {
    if !declaresReplicas { replicas = stored.replicas }
    declaresReplicas = stored.declaresReplicas
  }
}

extension DaemonSet: Workload {
  public static var place: WritableKeyPath<Workloads, WorkloadTable<DaemonSet>> { \.daemonSets }
  public static func object(_ workload: DaemonSet) -> ClusterObject { .daemonSet(workload) }
  public static func change(_ id: ID<DaemonSet>, _ workload: DaemonSet?) -> LogEntry.Change {
    .daemonSet(id, workload)
  }
}

extension Job: Workload {
  public static var place: WritableKeyPath<Workloads, WorkloadTable<Job>> { \.jobs }
  public static func object(_ workload: Job) -> ClusterObject { .job(workload) }
  public static func change(_ id: ID<Job>, _ workload: Job?) -> LogEntry.Change {
    .job(id, workload)
  }
}

public import ClusterAPI
public import Units

/// StatefulSets, DaemonSets, Jobs and revisions, as the API server stores them.
public struct Workloads: Sendable {
  public internal(set) var statefulSets = WorkloadTable<StatefulSet>()
  public internal(set) var daemonSets = WorkloadTable<DaemonSet>()
  public internal(set) var jobs = WorkloadTable<Job>()
  /// By owner of pods; nil: deleted, or something else.
  public internal(set) var revisions: [ControllerRevision?] = []
  var revisionNames = NameIndex()

  /// All but revisions.
  var objects: [ClusterObject] { statefulSets.objects + daemonSets.objects + jobs.objects }
}

/// The workloads of one kind by dense id.
public struct WorkloadTable<Object: Workload>: Sendable {
  /// nil: deleted.
  public internal(set) var rows: [Object?] = []
  private var names = NameIndex()

  public subscript(id: ID<Object>) -> Object? { rows[id.index] }

  public func id(_ key: ObjectKey) -> ID<Object>? {
    names.row(namespace: key.namespace, name: key.name) { rows[$0] != nil }.map { ID($0) }
  }

  mutating func append(_ object: Object) -> ID<Object> {
    rows.append(object)
    names.append(rows.count - 1, object.meta)
    return ID(rows.count - 1)
  }

  var objects: [ClusterObject] { rows.compactMap { $0.map(Object.object) } }
}

import ClusterAPI
import Control
import Kernel
import Units

// StatefulSets, DaemonSets and Jobs as the API server stores them.
extension World {
  mutating func create<Object: Workload>(_ workload: Object) {
    var stored = workload
    stored.meta.uid = newUID()
    stored.meta.generation = 1
    stored.meta.creationTimestamp = Timestamp(queue.now)
    let id = workloads[keyPath: Object.place].append(stored)
    if case .job(let job) = Object.object(stored) { own(job, row: id.raw) }
    write(id, stored)
    noteScale(of: Object.object(stored))
    note(.applied(stored.key))
  }

  private mutating func write<Object: Workload>(_ id: ID<Object>, _ workload: Object) {
    var stored = workload
    stored.meta.resourceVersion = log.nextVersion()
    workloads[keyPath: Object.place].rows[id.index] = stored
    log.append(Object.change(id, stored), at: queue.now)
  }

  /// `kubectl apply` of the manifest.
  mutating func apply<Object: Workload>(_ wanted: Object) {
    guard let id = workloads[keyPath: Object.place].id(wanted.key) else {
      if case .forbidden(let message) = refusal(of: Object.object(wanted)) {
        return note(.refused(wanted.key, message: message))
      }
      return create(wanted)
    }
    if let stored = workloads[keyPath: Object.place][id],
      isRefused(Object.object(stored), to: Object.object(wanted))
    {
      return
    }
    change(id) { $0.become(wanted) }
    note(.applied(wanted.key))
  }

  /// Stores what a user makes of it; another desire raises the generation.
  mutating func change<Object: Workload>(_ id: ID<Object>, _ body: (inout Object) -> Void) {
    guard let before = workloads[keyPath: Object.place][id] else { return }
    var after = before
    body(&after)
    guard after != before else { return }
    if !after.isDesiredAlike(before) { after.meta.generation += 1 }
    write(id, after)
    noteScale(of: Object.object(after))
  }

  mutating func replaceStatus<Object: Workload>(_ workload: Object) -> WriteResult {
    let key = workload.key
    guard let id = workloads[keyPath: Object.place].id(key),
      var stored = workloads[keyPath: Object.place][id]
    else { return .refused(.notFound) }
    let seen = workload.meta.resourceVersion
    guard seen == 0 || stored.meta.resourceVersion == seen else { return conflict(key) }
    stored.status = workload.status
    write(id, stored)
    return .written(resourceVersion: log.resourceVersion, uid: stored.meta.uid)
  }

  // MARK: - Revisions

  mutating func create(_ revision: ControllerRevision) -> WriteResult {
    let key = ClusterObject.controllerRevision(revision).key
    if revisionID(key) != nil { return .refused(.alreadyExists) }
    guard let owner = revision.meta.owner else {
      return .refused(.invalid("a ControllerRevision without an owner has no pods"))
    }
    if let refusal = refusal(of: .controllerRevision(revision)) { return .refused(refusal) }
    var stored = revision
    stored.meta.uid = newUID()
    stored.meta.creationTimestamp = Timestamp(queue.now)
    let workload = ObjectKey(owner.kind, namespace: key.namespace, name: owner.name)
    let id = own(stored, of: workload)
    while workloads.revisions.count <= id.index { workloads.revisions.append(nil) }
    workloads.revisionNames.append(id.index, stored.meta)
    write(id, stored)
    return .written(resourceVersion: log.resourceVersion, uid: stored.meta.uid)
  }

  mutating func replace(_ revision: ControllerRevision) -> WriteResult {
    let key = ClusterObject.controllerRevision(revision).key
    guard let id = revisionID(key), var stored = workloads.revisions[id.index] else {
      return .refused(.notFound)
    }
    guard stored.meta.resourceVersion == revision.meta.resourceVersion else {
      return conflict(key)
    }
    stored.revision = revision.revision
    write(id, stored)
    return .written(resourceVersion: log.resourceVersion, uid: stored.meta.uid)
  }

  mutating func deleteRevision(_ key: ObjectKey, _ uid: UInt64) -> WriteResult {
    guard let id = revisionID(key), let stored = workloads.revisions[id.index] else {
      return .refused(.notFound)
    }
    guard stored.meta.uid == uid else { return .refused(.conflict) }
    workloads.revisions[id.index] = nil
    let version = log.nextVersion()
    log.append(.controllerRevision(id, nil), at: queue.now)
    return .written(resourceVersion: version, uid: uid)
  }

  private mutating func write(_ id: OwnerID, _ revision: ControllerRevision) {
    var stored = revision
    stored.meta.resourceVersion = log.nextVersion()
    workloads.revisions[id.index] = stored
    log.append(.controllerRevision(id, stored), at: queue.now)
  }

  private func revisionID(_ key: ObjectKey) -> OwnerID? {
    workloads.revisionNames.row(namespace: key.namespace, name: key.name) {
      workloads.revisions[$0] != nil
    }.map { OwnerID($0) }
  }

  /// The owner that a revision is to its pods: with what the controller adds to the template.
  private mutating func own(_ revision: ControllerRevision, of workload: ObjectKey) -> OwnerID {
    let key = ClusterObject.controllerRevision(revision).key
    if workload.kind == .statefulSet {
      let id = workloads.statefulSets.id(workload)
      return own(
        key, uid: revision.meta.uid, of: workload, row: id?.raw ?? .max, revision.template,
        selector: id.flatMap { workloads.statefulSets[$0]?.selector },
        ownLabels: ["controller-revision-hash": key.name])
    }
    var template = revision.template
    template.spec.tolerations = DaemonPlacement.tolerations(template.spec)
    let hash = String(key.name.dropFirst(workload.name.count + 1))
    return own(
      key, uid: revision.meta.uid, of: workload,
      row: workloads.daemonSets.id(workload)?.raw ?? .max, template, selector: nil,
      ownLabels: ["controller-revision-hash": hash])
  }

  // MARK: - What their controllers see

  /// The revisions of a workload, as far as the controller manager has seen them.
  func revisions(of kind: Kind, row: UInt32) -> [ControllerRevision] {
    owners(of: kind, row: row).compactMap { index in
      index < manager.cache.revisions.count ? manager.cache.revisions[index] : nil
    }
  }

  /// All that pods of a workload were ever made from.
  func owners(of kind: Kind, row: UInt32) -> [Int] {
    ownerIndex.owners(of: kind, row: row)
  }

  /// Since when a pod is ready, long enough for `seconds`; nil: it is not ready.
  func available(_ view: PodView, seconds: Int) -> Instant? {
    guard view.ready else { return nil }
    return seconds == 0 ? .zero : view.readyTransition.instant + .seconds(Int64(seconds))
  }
}

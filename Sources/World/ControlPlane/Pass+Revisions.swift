import ClusterAPI
import Control
import Units

extension Pass {
  /// Makes the template the newest revision of its owner; nil when a write was refused.
  ///
  /// - Parameter hash: ends the name of a revision that has to be created; worked out then, in every replay.
  mutating func settle(
    _ history: RevisionHistory, of owner: ObjectMeta, _ kind: Kind, _ template: PodTemplate,
    hash: @autoclosure () -> String
  ) throws(Suspended) -> ControllerRevision? {
    switch history.step(for: template) {
    case .nothing(let revision): return revision
    case .renumber(var revision, let number):
      revision.revision = number
      guard case .written(let version, _) = try write(.replace(.controllerRevision(revision)))
      else { return nil }
      revision.meta.resourceVersion = version
      return revision
    case .create(let number):
      var meta = ObjectMeta(
        name: "\(owner.name)-\(hash())", namespace: owner.namespace, labels: template.labels)
      meta.owner = OwnerReference(kind: kind, name: owner.name, uid: owner.uid)
      var revision = ControllerRevision(meta: meta, template: template, revision: number)
      guard
        case .written(let version, let uid) = try write(.create(.controllerRevision(revision)))
      else { return nil }
      revision.meta.resourceVersion = version
      revision.meta.uid = uid
      return revision
    }
  }

  /// Stores a status; one that meets a conflict is put on top of what is stored by then, as both
  /// controllers do after a look at the API server.
  mutating func store(status object: ClusterObject) throws(Suspended) -> Bool {
    let refusal = try write(.replaceStatus(object)).refusal
    guard refusal == .conflict else { return refusal == nil }
    var again = object
    again.meta.resourceVersion = 0
    return try write(.replaceStatus(again)).isWritten
  }

  /// Deletes revisions; false when a write was refused.
  mutating func delete(_ revisions: [ControllerRevision]) throws(Suspended) -> Bool {
    for revision in revisions {
      let key = ClusterObject.controllerRevision(revision).key
      if case .refused = try write(.delete(key, uid: revision.meta.uid)) { return false }
    }
    return true
  }
}

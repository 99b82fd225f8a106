public import ClusterAPI

/// The ControllerRevisions of a StatefulSet or a DaemonSet (`controller/history`, Kubernetes 1.36).
public struct RevisionHistory: Sendable {
  /// What has to be done for a template to be the newest revision.
  public enum Step: Hashable, Sendable {
    case nothing(ControllerRevision)
    /// An earlier revision is used again, under a number above all others.
    case renumber(ControllerRevision, to: Int64)
    case create(number: Int64)
  }

  /// Ascending by number.
  public let revisions: [ControllerRevision]

  public init(_ revisions: [ControllerRevision]) {
    self.revisions = revisions.sorted {
      if $0.revision != $1.revision { return $0.revision < $1.revision }
      let (a, b) = ($0.meta.creationTimestamp, $1.meta.creationTimestamp)
      return a == b ? $0.meta.name < $1.meta.name : a < b
    }
  }

  public func step(for template: PodTemplate) -> Step {
    guard let newest = revisions.last else { return .create(number: 1) }
    guard let equal = revisions.last(where: { $0.template == template }) else {
      return .create(number: newest.revision + 1)
    }
    return equal == newest ? .nothing(equal) : .renumber(equal, to: newest.revision + 1)
  }

  /// The oldest of those that nothing needs, beyond the limit (`truncateHistory` of StatefulSets).
  public func surplus(limit: Int, live: [String]) -> [ControllerRevision] {
    let unused = revisions.filter { !live.contains($0.meta.name) }
    return Array(unused.prefix(max(0, unused.count - limit)))
  }

  /// The same as a DaemonSet does it: those in use count towards the limit (`cleanupHistory`).
  public func surplus(
    limit: Int, except current: String, live: [String]
  ) -> [ControllerRevision] {
    let old = revisions.filter { $0.meta.name != current }
    let unused = old.filter { !live.contains($0.meta.name) }
    return Array(unused.prefix(max(0, old.count - limit)))
  }
}

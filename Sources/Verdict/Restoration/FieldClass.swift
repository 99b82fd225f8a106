/// What a field of an object is to somebody who compares two clusters.
public enum FieldClass: Sendable {
  /// Somebody wants it so: a difference is a restoration defect.
  case desired
  /// Versions, times, numbers of revisions, statuses: the machinery's own notes.
  case bookkeeping
  /// Where something came to lie.
  case placement
}

/// Classes every field by its path; what no line names is desired.
enum FieldTable {
  /// The beginning of a path, and the class of all below it.
  static let rows: [(path: String, class: FieldClass)] = [
    ("metadata.uid", .bookkeeping),
    ("metadata.resourceVersion", .bookkeeping),
    ("metadata.generation", .bookkeeping),
    ("metadata.creationTimestamp", .bookkeeping),
    ("metadata.annotations[deployment.kubernetes.io/revision]", .bookkeeping),
    ("metadata.annotations[kubectl.kubernetes.io/last-applied-configuration]", .bookkeeping),
    ("metadata.annotations[kubernetes.io/change-cause]", .bookkeeping),
    ("metadata.annotations[wavetank.dev/", .bookkeeping),
    ("status", .bookkeeping),
    ("spec.nodeName", .placement),
  ]

  static func classify(_ path: String) -> FieldClass {
    rows.first { path.hasPrefix($0.path) }?.class ?? .desired
  }
}

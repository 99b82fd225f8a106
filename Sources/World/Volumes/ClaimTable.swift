import ClusterAPI
import Units

/// What a PersistentVolumeClaim has come to: where its volume is, and who uses it.
struct VolumeClaim: Sendable {
  /// Pods of several nodes may use it at once (ReadWriteMany, ReadOnlyMany).
  var isShared: Bool
  /// The zone in which the volume was made, for the first pod that used it; nil: not yet, or nodes
  /// have no zones.
  var zone: String?
  /// The node that the volume is attached to.
  var node = NodeID.none
  /// Pods of that node that use it, or are being deleted and have used it.
  var users: [PodID] = []
  /// Pods of other nodes that wait for it, in the order in which they came.
  var waiting: [PodID] = []
}

/// Claims by namespace and name.
struct ClaimTable: Sendable {
  private var index: [ObjectKey: Int] = [:]
  private(set) var rows: [VolumeClaim] = []

  subscript(row: Int) -> VolumeClaim {
    _read { yield rows[row] }
    _modify { yield &rows[row] }
  }

  func row(_ key: ObjectKey) -> Int? { index[key] }

  mutating func add(_ key: ObjectKey, isShared: Bool) -> Int {
    rows.append(VolumeClaim(isShared: isShared))
    index[key] = rows.count - 1
    return rows.count - 1
  }
}

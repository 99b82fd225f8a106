import ClusterAPI
import Units

/// What the world has noted for exporters beside its revision log and its timeline, in order, since they
/// looked.
struct TelemetryNotes: Sendable {
  /// A write of an object that the revision log does not hold.
  struct Write: Sendable {
    var at: Instant
    var key: ObjectKey
    /// nil: deleted.
    var object: ClusterObject?
  }

  var writes: [Write] = []
  var uses: [DeviceUse] = []
  var outages: [NodeOutage] = []
  var errors: [DeviceError] = []

  /// They are told, or concern nobody.
  mutating func forget() {
    writes.removeAll(keepingCapacity: true)
    uses.removeAll(keepingCapacity: true)
    outages.removeAll(keepingCapacity: true)
    errors.removeAll(keepingCapacity: true)
  }
}

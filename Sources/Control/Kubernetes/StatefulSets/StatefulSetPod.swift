public import Units

/// A pod of a StatefulSet, as its controller sees it.
public struct StatefulSetPod: Hashable, Sendable {
  public var id: PodID
  public var ordinal: Int
  /// Name of the ControllerRevision that it was made from.
  public var revision: String
  public var isTerminating = false
  /// Its containers have ended for good, with success or not.
  public var hasEnded = false
  /// Running and Ready, and that for minReadySeconds.
  public var isReady = false
  public var isAvailable = false

  public init(_ id: PodID, ordinal: Int, revision: String) {
    self.id = id
    self.ordinal = ordinal
    self.revision = revision
  }

  var isUnavailable: Bool { isTerminating || !isAvailable }
}

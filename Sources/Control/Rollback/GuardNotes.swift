public import ClusterAPI
import Units

/// What a guard has stored about its Deployment, in annotations: a restart loses nothing of it.
public struct GuardNotes: Hashable, Sendable {
  /// A ReplicaSet, and the second in which something about it was first seen.
  public struct Mark: Hashable, Sendable {
    public var replicaSet: String
    public var since: Int64

    public init(_ replicaSet: String, since: Int64) {
      self.replicaSet = replicaSet
      self.since = since
    }
  }

  /// The ReplicaSet of the last good revision.
  public var good: String?
  /// The ReplicaSet that a rollback leaves, since it began.
  public var leaving: Mark?
  /// The good ReplicaSet, since it is complete again after a rollback.
  public var back: Mark?
  /// The ReplicaSet of a complete rollout, since that was seen.
  public var watched: Mark?
  /// The ReplicaSet for which it was reported that there is nothing to roll back to.
  public var helpless: String?

  public init(_ annotations: Labels) {
    good = annotations[Key.good]
    helpless = annotations[Key.helpless]
    leaving = GuardNotes.mark(annotations, Key.leaving)
    back = GuardNotes.mark(annotations, Key.back)
    watched = GuardNotes.mark(annotations, Key.watched)
  }

  /// Puts the notes into annotations in place of those that are there.
  public func store(in annotations: inout Labels) {
    annotations[Key.good] = good
    annotations[Key.helpless] = helpless
    for (key, mark) in [(Key.leaving, leaving), (Key.back, back), (Key.watched, watched)] {
      annotations[key] = mark?.replicaSet
      annotations[key + Key.since] = mark.map { String($0.since) }
    }
  }

  private static func mark(_ annotations: Labels, _ key: String) -> Mark? {
    guard let set = annotations[key],
      let since = annotations[key + Key.since].flatMap({ Int64($0) })
    else { return nil }
    return Mark(set, since: since)
  }

  enum Key {
    static let good = "wavetank.dev/good-replica-set"
    static let leaving = "wavetank.dev/rolling-back-from"
    static let back = "wavetank.dev/rolled-back-to"
    static let watched = "wavetank.dev/watched-replica-set"
    static let helpless = "wavetank.dev/nothing-to-roll-back-to"
    static let since = "-since"
  }
}

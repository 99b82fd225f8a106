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

  /// A ReplicaSet, and how far something about it has come.
  public struct Progress<State: Hashable & Sendable>: Hashable, Sendable {
    public var replicaSet: String
    public var state: State

    public init(_ replicaSet: String, _ state: State) {
      (self.replicaSet, self.state) = (replicaSet, state)
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
  /// The ReplicaSet that is analysed, and how far its analysis is (`AnalysisRun.text`).
  public var analysis: Progress<AnalysisRun>?
  /// The ReplicaSet that is checked, and what has come of it.
  public var checks: Progress<CheckCount>?
  /// The ReplicaSet for which it was reported that there is nothing to roll back to.
  public var helpless: String?

  public init(_ annotations: Labels) {
    good = annotations[Key.good]
    helpless = annotations[Key.helpless]
    leaving = GuardNotes.mark(annotations, Key.leaving)
    back = GuardNotes.mark(annotations, Key.back)
    watched = GuardNotes.mark(annotations, Key.watched)
    analysis = GuardNotes.progress(annotations, Key.analysis) { AnalysisRun(text: $0) }
    checks = GuardNotes.progress(annotations, Key.checks) { CheckCount(text: $0) }
  }

  /// Puts the notes into annotations in place of those that are there.
  public func store(in annotations: inout Labels) {
    annotations[Key.good] = good
    annotations[Key.helpless] = helpless
    for (key, mark) in [(Key.leaving, leaving), (Key.back, back), (Key.watched, watched)] {
      annotations[key] = mark?.replicaSet
      annotations[key + Key.since] = mark.map { String($0.since) }
    }
    annotations[Key.analysis] = analysis.map { "\($0.replicaSet) \($0.state.text)" }
    annotations[Key.checks] = checks.map { "\($0.replicaSet) \($0.state.text)" }
  }

  private static func mark(_ annotations: Labels, _ key: String) -> Mark? {
    guard let set = annotations[key],
      let since = annotations[key + Key.since].flatMap({ Int64($0) })
    else { return nil }
    return Mark(set, since: since)
  }

  private static func progress<State>(
    _ annotations: Labels, _ key: String, _ read: (Substring) -> State?
  ) -> Progress<State>? {
    guard let text = annotations[key], let blank = text.firstIndex(of: " "),
      let state = read(text[text.index(after: blank)...])
    else { return nil }
    return Progress(String(text[..<blank]), state)
  }

  enum Key {
    static let good = "wavetank.dev/good-replica-set"
    static let leaving = "wavetank.dev/rolling-back-from"
    static let back = "wavetank.dev/rolled-back-to"
    static let watched = "wavetank.dev/watched-replica-set"
    static let analysis = "wavetank.dev/analysis-run"
    static let checks = "wavetank.dev/failed-checks"
    static let helpless = "wavetank.dev/nothing-to-roll-back-to"
    static let since = "-since"
  }
}

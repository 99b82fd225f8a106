public import ClusterAPI
public import Kernel
public import Units

/// What a watcher sees of a pod: the part of its row that controllers act on.
public struct PodView: Hashable, Sendable {
  public enum Phase: UInt8, Hashable, Sendable { case pending, running, succeeded, failed }

  public var phase = Phase.pending
  public var ready = false
  /// Has a deletionTimestamp.
  public var terminating = false
  /// The object is gone.
  public var gone = false
  public var node = NodeID.none
  public var owner = OwnerID.none
  public var restarts: UInt32 = 0
  /// Annotation `controller.kubernetes.io/pod-deletion-cost`.
  public var deletionCost: Int32 = 0
  /// Of the Ready condition, in whole seconds.
  public var readyTransition = Timestamp(seconds: 0)
  public var created = Timestamp(seconds: 0)
  /// When its containers ended for good.
  public var finished = Timestamp(seconds: 0)
  /// When its kubelet saw it first, as its status says; `unset` before.
  public var startTime = unset

  public static let unset = Timestamp(seconds: .min)

  public init() {}
}

/// One write as the log keeps it: the new state under its resourceVersion.
public struct LogEntry: Sendable {
  public enum Change: Sendable {
    case pod(PodID, PodView)
    /// nil: deleted; so with all that follow.
    indirect case deployment(DeploymentID, Deployment?)
    indirect case replicaSet(ReplicaSetID, ReplicaSet)
    case replicaSetDeleted(ReplicaSetID)
    indirect case statefulSet(ID<StatefulSet>, StatefulSet?)
    indirect case daemonSet(ID<DaemonSet>, DaemonSet?)
    indirect case job(ID<Job>, Job?)
    indirect case controllerRevision(OwnerID, ControllerRevision?)
    case endpoints(ServiceID, [PodID])
    case node(NodeID, NodeView)
    case nodeDeleted(NodeID)
    indirect case resourceQuota(ResourceQuotaID, ResourceQuota?)
    indirect case disruptionBudget(DisruptionBudgetID, PodDisruptionBudget?)
    indirect case autoscaler(AutoscalerID, HorizontalPodAutoscaler?)
  }

  public var resourceVersion: UInt64
  public var at: Instant
  public var change: Change
}

/// Every write of the cluster in order; who watches reads it forward, each with a lag of its own.
///
/// Stale caches, conflicts and watch lag all come from this one thing. The log keeps a bounded
/// number of entries: a cursor that falls behind has expired (410 Gone) and must list anew.
public struct RevisionLog: Sendable {
  /// By position, counted from the first write.
  public private(set) var entries = History<LogEntry>()
  public private(set) var resourceVersion: UInt64 = 0
  public let retention: Int
  /// Whether every entry is kept in `all` too until `forgetAll`: for whoever reads metrics.
  var keepsAll = false
  private(set) var all = History<LogEntry>()

  /// - Parameter retention: entries kept at least; up to twice as many are held.
  public init(retention: Int = 100_000) {
    precondition(retention > 0, "a log keeps at least one entry")
    self.retention = retention
  }

  /// The position behind the last entry.
  public var end: Int { entries.endIndex }

  /// Takes the next resourceVersion, for the object that is about to be appended.
  public mutating func nextVersion() -> UInt64 {
    resourceVersion += 1
    return resourceVersion
  }

  /// Appends what was written under the version taken last.
  public mutating func append(_ change: LogEntry.Change, at: Instant) {
    let entry = LogEntry(resourceVersion: resourceVersion, at: at, change: change)
    entries.append(entry)
    if keepsAll { all.append(entry) }
    if entries.count >= 2 * retention { entries.forget(before: entries.endIndex - retention) }
  }

  /// What lies before a position of `all` has been read.
  mutating func forgetAll(before position: Int) { all.forget(before: position) }

  /// The entry at a position counted from the first write; nil before the retained part.
  public func entry(at position: Int) -> LogEntry? {
    position < entries.startIndex ? nil : entries[position]
  }

  /// When the entry at a position was written; nil before the retained part.
  func time(at position: Int) -> Instant? {
    position < entries.startIndex ? nil : entries[position].at
  }
}

/// A forward-only reader of the log that sees each entry some time after it was written.
public struct Cursor: Sendable {
  /// The next entry to be read.
  public private(set) var position = 0
  /// No entry is delivered before the one in front of it.
  public private(set) var delivered = Instant.zero
  /// When the entry at `position` arrives; `never` when there is none yet.
  public private(set) var next = Instant.never

  public init() {}

  /// What a cursor finds when its time has come.
  public enum Step: Sendable {
    case entry(LogEntry)
    /// The log no longer holds what this cursor has to read: list anew, then go on from its end.
    case expired
    case nothing
  }

  /// Whether `notice` has something to tell.
  @inline(__always)
  func hasNews(_ log: RevisionLog) -> Bool { next == .never && position < log.end }

  /// Tells the cursor of the lag of the entry it waits for, if it has not been told yet.
  ///
  /// - Returns: when to wake this cursor, if that was not known before.
  public mutating func notice(_ log: RevisionLog, lag: (Int) -> Span) -> Instant? {
    guard hasNews(log) else { return nil }
    guard let written = log.time(at: position) else {
      next = delivered
      return next
    }
    next = max(delivered, written + lag(position))
    return next
  }

  /// Delivers the entry whose time has come.
  public mutating func step(_ log: RevisionLog, now: Instant) -> Step {
    guard next <= now else { return .nothing }
    next = .never
    guard let entry = log.entry(at: position) else { return .expired }
    delivered = now
    position += 1
    return .entry(entry)
  }

  /// After a list: everything up to the end of the log is known.
  public mutating func skipToEnd(_ log: RevisionLog, now: Instant) {
    position = log.end
    delivered = now
    next = .never
  }
}

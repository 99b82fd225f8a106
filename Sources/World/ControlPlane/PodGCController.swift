import ClusterAPI
public import Control
public import Units

/// The pod garbage collector: force-deletes the pods of a node whose object is gone
/// (`podgc.gcOrphaned`, Kubernetes 1.36).
///
/// It looks every 20 s; a node that it misses is quarantined for 40 s before its pods go.
public struct PodGCController: Controller {
  public struct Input: Hashable, Sendable {
    public var isNodeThere: Bool
    /// Pods bound to it, ascending.
    public var pods: [PodID]
    /// When the collector looked for the first time.
    public var phase: Span
  }

  /// What a restart loses.
  public struct Memory: Hashable, Sendable {
    /// When the pods of the missed node may be deleted.
    public var due: Instant?
    public init() {}
  }

  public let initial = Memory()
  /// `gcCheckPeriod` and `quarantineTime`
  public static let period = Span.seconds(20)
  public static let quarantine = Span.seconds(40)

  public init() {}

  public func reconcile(_ pass: inout Pass<Input, Memory>) throws(Suspended) -> Requeue {
    if pass.input.isNodeThere || pass.input.pods.isEmpty {
      pass.memory.due = nil
      return .never
    }
    // The quarantine is two periods long: the second check after the one that missed the node.
    let due =
      pass.memory.due ?? check(after: pass.now, pass.input.phase) + PodGCController.quarantine
    pass.memory.due = due
    if due > pass.now { return .after(due - pass.now) }
    let deletions = pass.input.pods.map { Command.deletePod($0, gracePeriodSeconds: 0) }
    let results = try pass.write(all: deletions)
    return results.contains { !$0.isWritten } ? .backOff : .never
  }

  private func check(after instant: Instant, _ phase: Span) -> Instant {
    let period = PodGCController.period.ns
    let since = max(instant.ns - phase.ns, 0)
    return Instant(ns: (since / period + 1) * period + phase.ns)
  }
}

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
    // The check that finds the quarantine over is the one after its end.
    let due = pass.memory.due ?? check(after: check(after: pass.now) + PodGCController.quarantine)
    pass.memory.due = due
    if due > pass.now { return .after(due - pass.now) }
    let deletions = pass.input.pods.map { Command.deletePod($0, gracePeriodSeconds: 0) }
    let results = try pass.write(all: deletions)
    return results.contains { !$0.isWritten } ? .backOff : .never
  }

  private func check(after instant: Instant) -> Instant {
    let period = PodGCController.period.ns
    return Instant(ns: (instant.ns / period + 1) * period)
  }
}

import ClusterAPI
import Units
import World

// What rules ask of a run.
extension RunTrace {
  /// Entries from the change on, with their times from it.
  var happenings: [(at: Span, happening: Happening)] {
    timeline.filter { $0.at >= changeAt }.map { ($0.at - changeAt, $0.happening) }
  }

  /// When a liveness or startup probe first ended a container.
  var killedByProbe: Span? {
    happenings.first { entry in
      if case .containerKilled(_, let reason) = entry.happening { return reason != .gracePeriod }
      return false
    }?.at
  }

  /// Whether one did.
  public var isKilledByProbe: Bool { killedByProbe != nil }

  var outOfMemoryAt: Span? {
    happenings.first { entry in
      if case .outOfMemory = entry.happening { true } else { false }
    }?.at
  }

  /// Whether a pod that was ready is not any more, though it stays.
  var becomesUnready: Bool {
    happenings.contains { if case .podUnready = $0.happening { true } else { false } }
  }

  /// Whether no pod became ready at all.
  var isNeverReady: Bool {
    !timeline.contains { if case .podReady = $0.happening { true } else { false } }
  }

  /// The first few things that a reader wants to see.
  var moments: [RehearsalFinding.Moment] {
    var result: [RehearsalFinding.Moment] = []
    for (at, happening) in happenings where result.count < 8 {
      guard let words = RunTrace.words(happening) else { continue }
      if result.last?.words == words { continue }
      result.append(.init(at, words))
    }
    return result
  }

  private static func words(_ happening: Happening) -> String? {
    switch happening {
    case .podCreated: "pod created"
    case .podRunning: "containers run"
    case .podReady: "pod ready"
    case .podUnready: "pod not ready any more"
    case .probeFailed(_, let kind, let timedOut):
      "\(kind.rawValue) probe \(timedOut ? "times out" : "fails")"
    case .containerKilled(_, .gracePeriod): "killed at the end of its grace period"
    case .containerKilled(_, let reason): "container ended by its \(reason.rawValue) probe"
    case .containerExited(_, let restarts): "container ended, restart \(restarts)"
    case .crashLoopBackOff(_, let wait): "CrashLoopBackOff for \(wait.ns / 1_000_000_000) s"
    case .outOfMemory: "OOMKilled"
    case .podUnschedulable: "pod finds no node"
    case .podTerminating: "pod terminating"
    case .podEvicted(_, let refusal): refusal == nil ? "pod evicted" : "eviction refused (429)"
    case .nodeReady(_, let status): status == .yes ? "node ready" : "node lost"
    default: nil
    }
  }
}
